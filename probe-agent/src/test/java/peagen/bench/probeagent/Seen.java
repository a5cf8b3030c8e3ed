package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskIds;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;

/**
 * One row of what a probe saw, with the words of the tests for tasks and their entries.
 *
 * @param claimed µs
 * @param seen µs
 */
public record Seen(
        String run,
        long sequence,
        String kind,
        Phase phase,
        Observation observation,
        int delivery,
        long intended,
        long claimed,
        long seen) {

    /** The rows of a batch. */
    public static Stream<Seen> rows(TasksObserved event) {
        return IntStream.range(0, event.size())
                .mapToObj(row -> new Seen(
                        event.envelope().runId(),
                        event.sequence(row),
                        event.kinds().get(event.kind(row)),
                        Phase.ofCode(event.phase(row)).orElseThrow(),
                        event.observation(row),
                        event.delivery(row),
                        event.intendedMicros(row),
                        event.claimedMicros(row),
                        event.seenMicros(row)));
    }

    /** The batch in an entry of the events stream. */
    public static TasksObserved batch(StreamEntry entry) {
        return (TasksObserved) event(entry);
    }

    /** The batch in an entry of the events stream, if it is one of tasks that were observed. */
    public static Stream<TasksObserved> batches(StreamEntry entry) {
        return Stream.of(event(entry)).filter(TasksObserved.class::isInstance).map(TasksObserved.class::cast);
    }

    /** What an entry of the events stream says of workers, as {@code run: worker of class MOMENT at µs}. */
    public static Stream<String> lives(StreamEntry entry) {
        return Stream.of(event(entry))
                .filter(WorkersSeen.class::isInstance)
                .map(WorkersSeen.class::cast)
                .flatMap(Seen::lives);
    }

    /** The same of an event. */
    public static Stream<String> lives(WorkersSeen event) {
        return IntStream.range(0, event.size())
                .mapToObj(row -> "%s: %s of '%s' %s at %d"
                        .formatted(
                                event.envelope().runId(),
                                event.workers().get(event.worker(row)),
                                event.workerClass(),
                                event.moment(row),
                                event.atMicros(row)));
    }

    private static TaskEvent event(StreamEntry entry) {
        Decoded<TaskEvent> decoded = TaskEvents.decode(entry.fields());
        assertThat(decoded).as(decoded.problem()).isInstanceOf(Decoded.Known.class);
        return ((Decoded.Known<TaskEvent>) decoded).value();
    }

    /** A task of {@code run}, due at {@code 1000 + sequence} µs. */
    public static Fields task(String run, long sequence, int attempts) {
        byte[] fresh = TaskJson.tagged(
                "execute",
                TaskIds.ofRun(run).id(sequence),
                new TaskTag(run, sequence, 1_000 + sequence, Phase.STEADY),
                "",
                List.of(),
                "2025-06-01T14:05:23Z");
        TaskEnvelope task = ((Decoded.Known<TaskEnvelope>) TaskJson.read(fresh)).value();
        for (int i = 0; i < attempts; i++) {
            task = task.retried();
        }
        return Fields.of(TaskEnvelope.FIELD, TaskJson.write(task));
    }

    public static Fields result(String run, long sequence, ResultEnvelope.Status status) {
        return Fields.of(
                TaskEnvelope.FIELD,
                ResultJson.write(new ResultEnvelope(
                        TaskIds.ofRun(run).id(sequence), status, RawJson.EMPTY_OBJECT, "2025-06-01T14:05:24Z", 1)));
    }

    public static StreamEntry entry(long id, Fields fields) {
        return new StreamEntry(new EntryId(id, 0), fields);
    }

    /** {@code sequence OBSERVATION delivery}, to read a story off it. */
    public String told() {
        return sequence + " " + observation + " " + delivery;
    }
}
