package peagen.bench.probeagent.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.probeagent.domain.envelope.Envelopes;
import peagen.bench.probeagent.domain.envelope.Measurement;
import peagen.bench.probeagent.domain.envelope.PeagenEnvelopes;
import peagen.bench.probeagent.domain.envelope.SeenResult;
import peagen.bench.probeagent.domain.envelope.SeenTask;

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

    private final Hands hands;
    private final Envelopes envelopes;
    private final ObservationLog log;
    private int inHand;
    private volatile String consumer = "";
    private long foreign;
    private long unreadable;
    private long deleted;

    /** What the acknowledgement of {@code task} is going to mean. */
    private record Ending(Hand task, Observation observation, Optional<Measurement> measured) {}

    /** A watch over a worker of the house's own farm that nobody else's claims matter to. */
    public TaskWatch(ObservationLog log) {
        this(new Hands(Hands.DEFAULT_LIMIT), PeagenEnvelopes.INSTANCE, log);
    }

    /**
     * A watch that writes what it sees into {@code log}.
     *
     * @param hands the claims of all workers that may work on each other's
     * @param envelopes how the farm writes tasks and results
     */
    public TaskWatch(Hands hands, Envelopes envelopes, ObservationLog log) {
        this.hands = hands;
        this.envelopes = envelopes;
        this.log = log;
    }

    /** The worker calls itself {@code name} in its group. */
    public void consumer(String name) {
        consumer = name;
    }

    /** What the worker calls itself in its group; empty as long as that is not known. */
    public String consumer() {
        return consumer;
    }

    /** Entries were delivered to the worker, each for the first time under its entry id. */
    public void claimed(List<StreamEntry> entries, long nowMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                claimed(entries.get(i), 1, nowMicros);
            }
        }
    }

    /** Stale entries were taken over by the worker; {@code deliveryCounts} go with them by position. */
    public void reclaimed(List<StreamEntry> entries, List<Integer> deliveryCounts, long nowMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                claimed(entries.get(i), deliveryCounts.get(i), nowMicros);
            }
        }
    }

    /**
     * Entries that were pending already were delivered to the worker. Redis does not say how often they were before: one more
     * than was seen here, and at least twice.
     */
    public void reclaimed(List<StreamEntry> entries, long nowMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                claimed(entries.get(i), 0, nowMicros);
            }
        }
    }

    /** @param deliveryCount 0 when it is not known */
    private void claimed(StreamEntry entry, int deliveryCount, long nowMicros) {
        SeenTask task = envelopes.task(entry).orElse(null);
        if (task == null) {
            unreadable++;
            return;
        }
        TaskTag tag = task.tag().orElse(null);
        if (tag == null) {
            foreign++;
            return;
        }
        int deliveries =
                deliveryCount > 0 ? deliveryCount : Math.max(1, hands.deliveriesSeen(entry.id(), task.attempts())) + 1;
        Hand hand = new Hand(this, entry.id(), task, tag, deliveries, nowMicros);
        hands.add(hand);
        record(Observation.CLAIMED, hand, nowMicros);
    }

    /**
     * The worker is about to append results, asked for at {@code askedMicros}. Answers what to call when the stream has taken
     * them.
     */
    public Runnable appendingResults(List<Fields> results, long askedMicros) {
        List<Ending> endings = new ArrayList<>(results.size());
        synchronized (hands) {
            for (int i = 0; i < results.size(); i++) {
                SeenResult result = envelopes.result(results.get(i)).orElse(null);
                Hand task = result == null ? null : hands.ofTask(result.taskId(), this);
                if (result != null && task != null) {
                    endings.add(new Ending(
                            task, result.failed() ? Observation.FAILED : Observation.COMPLETED, result.measured()));
                }
            }
        }
        return () -> execute(endings, askedMicros);
    }

    /** The worker is about to append to the dead-letter stream. Answers what to call when the stream has taken the tasks. */
    public Runnable appendingDeadLetters(List<Fields> tasks) {
        List<Hand> dead = inHand(tasks);
        return () -> {
            synchronized (hands) {
                dead.forEach(task -> task.ending(Observation.DEAD_LETTERED));
            }
        };
    }

    /**
     * The worker is about to append to the task stream: tasks that it has in hand are given back. Answers what to call when the
     * stream has taken them; they may have been claimed again by then.
     */
    public Runnable appendingTasks(List<Fields> tasks, long askedMicros) {
        List<Hand> givenBack = inHand(tasks);
        return () -> giveBack(givenBack, askedMicros);
    }

    private List<Hand> inHand(List<Fields> tasks) {
        List<Hand> found = new ArrayList<>(tasks.size());
        synchronized (hands) {
            for (int i = 0; i < tasks.size(); i++) {
                Optional<SeenTask> task = envelopes.task(new StreamEntry(EntryId.MIN, tasks.get(i)));
                Hand hand = task.isPresent() ? hands.ofTask(task.get().id(), this) : null;
                if (hand != null) {
                    found.add(hand);
                }
            }
        }
        return found;
    }

    private void execute(List<Ending> endings, long askedMicros) {
        synchronized (hands) {
            for (Ending ending : endings) {
                ending.task.ending(ending.observation);
                if (executed(ending.task, askedMicros) && ending.measured.isPresent()) {
                    log.measured(ending.task.tag(), ending.task.kind(), ending.measured.get(), askedMicros);
                }
            }
        }
    }

    /** Once for each claim, however many results there are of it. */
    private boolean executed(Hand task, long askedMicros) {
        boolean first = task.executedNow();
        if (first) {
            record(Observation.EXECUTED, task, askedMicros);
        }
        return first;
    }

    private void giveBack(List<Hand> tasks, long askedMicros) {
        synchronized (hands) {
            for (Hand task : tasks) {
                task.ending(null);
                record(Observation.REQUEUED, task, askedMicros);
            }
        }
    }

    /** The worker's acknowledgement of {@code entries}, asked for at {@code askedMicros}, was taken. */
    public void acknowledged(List<EntryId> entries, long askedMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                Hand hand = hands.ofEntry(entries.get(i), this);
                if (hand != null) {
                    hands.remove(hand);
                    ended(hand, hand.ending(), askedMicros);
                }
            }
        }
    }

    private void ended(Hand hand, @Nullable Observation ending, long askedMicros) {
        if (ending == Observation.COMPLETED || ending == Observation.FAILED) {
            executed(hand, askedMicros);
        }
        if (ending != null) {
            record(ending, hand, askedMicros);
        }
    }

    /** Entries of the task stream were deleted. That alone ends no task: one that is not acknowledged stays pending. */
    public void deleted(int count) {
        synchronized (hands) {
            deleted += count;
        }
    }

    /**
     * The connection that the worker claimed on is over. What it had in hand becomes an orphan, unless the worker goes on on
     * another connection: then that is found in its hands all the same.
     */
    public void connectionLost(long nowMicros) {
        synchronized (hands) {
            Hand hand = null;
            for (int left = inHand; left > 0; left--) {
                hand = hands.nextOf(this, hand);
                if (hand != null) {
                    record(Observation.ORPHANED, hand, nowMicros);
                }
            }
        }
    }

    private void record(Observation observation, Hand task, long seenMicros) {
        log.add(task.tag(), task.kind(), observation, task.delivery(), task.claimedMicros(), seenMicros);
    }

    /** So many more claims are the worker's, or fewer. Under the monitor of {@link Hands}. */
    void owns(int more) {
        inHand += more;
    }

    /** How many tasks the worker has in hand. */
    public int inHand() {
        synchronized (hands) {
            return inHand;
        }
    }

    /** How many claimed tasks carried no tag of ours. */
    public long foreign() {
        synchronized (hands) {
            return foreign;
        }
    }

    /** How many claimed entries were not tasks. */
    public long unreadable() {
        synchronized (hands) {
            return unreadable;
        }
    }

    /** How many entries of the task stream the worker deleted. */
    public long deleted() {
        synchronized (hands) {
            return deleted;
        }
    }
}
