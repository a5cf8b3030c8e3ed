package peagen.bench.probeagent.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;

/**
 * What one worker has in hand, followed from its claims, its results and its acknowledgements. A result ends an execution; an
 * acknowledgement ends a task as its result said. One without a result counts as completed, and ends the execution too. A task
 * given back under a new entry id ends nothing: it is the same task, delivered once more. Given back or dead-lettered without a
 * result, it was not executed.
 *
 * <p>What is appended counts once the stream has it, for the tasks that were in hand when the worker asked: a task given back may
 * be claimed again before the worker learns that the stream took it.
 *
 * <p>Times are µs on the Redis clock and come with every call. Thread-safe; the calls for one worker must come in its order.
 */
public final class TaskWatch {

    private static final byte[] NOTHING = new byte[0];

    private final ObservationLog log;
    private final Map<EntryId, InHand> byEntry = new HashMap<>();
    private final Map<String, InHand> byTask = new HashMap<>();
    private long foreign;
    private long unreadable;

    private static final class InHand {
        private final String taskId;
        private final String kind;
        private final TaskTag tag;
        private final int delivery;
        private final long claimedMicros;
        private @Nullable Observation ending = Observation.COMPLETED;
        private boolean executed;

        InHand(TaskEnvelope task, TaskTag tag, int delivery, long claimedMicros) {
            this.taskId = task.id();
            this.kind = task.kind();
            this.tag = tag;
            this.delivery = delivery;
            this.claimedMicros = claimedMicros;
        }
    }

    /** What the acknowledgement of {@code task} is going to mean. */
    private record Ending(InHand task, Observation observation) {}

    /** A watch that writes what it sees into {@code log}. */
    public TaskWatch(ObservationLog log) {
        this.log = log;
    }

    /** Entries were delivered to the worker, each for the first time under its entry id. */
    public synchronized void claimed(List<StreamEntry> entries, long nowMicros) {
        for (int i = 0; i < entries.size(); i++) {
            claimed(entries.get(i), 1, nowMicros);
        }
    }

    /** Stale entries were taken over by the worker; {@code deliveryCounts} go with them by position. */
    public synchronized void reclaimed(List<StreamEntry> entries, List<Integer> deliveryCounts, long nowMicros) {
        for (int i = 0; i < entries.size(); i++) {
            claimed(entries.get(i), deliveryCounts.get(i), nowMicros);
        }
    }

    private void claimed(StreamEntry entry, int deliveryCount, long nowMicros) {
        byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElse(NOTHING);
        if (!(TaskJson.read(json) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task))) {
            unreadable++;
            return;
        }
        TaskTag tag = task.tag().orElse(null);
        if (tag == null) {
            foreign++;
            return;
        }
        InHand inHand = new InHand(task, tag, task.attempts() + deliveryCount, nowMicros);
        byEntry.put(entry.id(), inHand);
        byTask.put(inHand.taskId, inHand);
        record(Observation.CLAIMED, inHand, nowMicros);
    }

    /**
     * The worker is about to append results, asked for at {@code askedMicros}. Answers what to call when the stream has taken
     * them.
     */
    public synchronized Runnable appendingResults(List<Fields> results, long askedMicros) {
        List<Ending> endings = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            byte[] json = results.get(i).bytes(TaskEnvelope.FIELD).orElse(NOTHING);
            if (ResultJson.read(json) instanceof Decoded.Known<ResultEnvelope>(ResultEnvelope result)) {
                boolean failed = result.status() == ResultEnvelope.Status.ERROR;
                InHand task = byTask.get(result.taskId());
                if (task != null) {
                    endings.add(new Ending(task, failed ? Observation.FAILED : Observation.COMPLETED));
                }
            }
        }
        return () -> execute(endings, askedMicros);
    }

    /** The worker is about to append to the dead-letter stream. Answers what to call when the stream has taken the tasks. */
    public synchronized Runnable appendingDeadLetters(List<Fields> tasks) {
        List<Ending> endings = new ArrayList<>(tasks.size());
        for (InHand task : inHand(tasks)) {
            endings.add(new Ending(task, Observation.DEAD_LETTERED));
        }
        return () -> end(endings);
    }

    /**
     * The worker is about to append to the task stream: tasks that it has in hand are given back. Answers what to call when the
     * stream has taken them; they may have been claimed again by then.
     */
    public synchronized Runnable appendingTasks(List<Fields> tasks, long askedMicros) {
        List<InHand> givenBack = inHand(tasks);
        return () -> giveBack(givenBack, askedMicros);
    }

    private List<InHand> inHand(List<Fields> tasks) {
        List<InHand> found = new ArrayList<>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            byte[] json = tasks.get(i).bytes(TaskEnvelope.FIELD).orElse(NOTHING);
            if (TaskJson.read(json) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task)) {
                Optional.ofNullable(byTask.get(task.id())).ifPresent(found::add);
            }
        }
        return found;
    }

    private synchronized void execute(List<Ending> endings, long askedMicros) {
        end(endings);
        for (Ending ending : endings) {
            executed(ending.task, askedMicros);
        }
    }

    /** Once for each claim, however many results there are of it. */
    private void executed(InHand task, long askedMicros) {
        if (!task.executed) {
            task.executed = true;
            record(Observation.EXECUTED, task, askedMicros);
        }
    }

    private synchronized void end(List<Ending> endings) {
        for (Ending ending : endings) {
            ending.task.ending = ending.observation;
        }
    }

    private synchronized void giveBack(List<InHand> tasks, long askedMicros) {
        for (InHand task : tasks) {
            task.ending = null;
            record(Observation.REQUEUED, task, askedMicros);
        }
    }

    /** The worker's acknowledgement of {@code entries}, asked for at {@code askedMicros}, was taken. */
    public synchronized void acknowledged(List<EntryId> entries, long askedMicros) {
        for (int i = 0; i < entries.size(); i++) {
            InHand inHand = byEntry.remove(entries.get(i));
            if (inHand == null) {
                continue;
            }
            byTask.remove(inHand.taskId, inHand);
            if (inHand.ending == Observation.COMPLETED || inHand.ending == Observation.FAILED) {
                executed(inHand, askedMicros);
            }
            if (inHand.ending != null) {
                record(inHand.ending, inHand, askedMicros);
            }
        }
    }

    private void record(Observation observation, InHand task, long seenMicros) {
        log.add(task.tag, task.kind, observation, task.delivery, task.claimedMicros, seenMicros);
    }

    /** How many tasks the worker has in hand. */
    public synchronized int inHand() {
        return byEntry.size();
    }

    /** How many claimed tasks carried no tag of ours. */
    public synchronized long foreign() {
        return foreign;
    }

    /** How many claimed entries were not tasks. */
    public synchronized long unreadable() {
        return unreadable;
    }
}
