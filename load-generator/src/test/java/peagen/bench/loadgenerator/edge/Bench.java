package peagen.bench.loadgenerator.edge;

import static peagen.bench.loadgenerator.Answers.answerOf;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** A sender on an in-memory task stream, and what it reported. */
final class Bench implements AutoCloseable {

    static final String STREAM = "tasks";

    final Vertx vertx = Vertx.vertx();
    final StubBroker broker = new StubBroker(vertx, new StubRedis());
    final List<LongTable> reports = new CopyOnWriteArrayList<>();

    /** One row of a report. */
    record Sent(long sequence, int kind, Phase phase, long intended, long sent) {
        long delay() {
            return sent - intended;
        }
    }

    Sender sender(StreamBroker to, Schedule schedule, LongSupplier clock, BooleanSupplier stopped) {
        return new Sender(
                to,
                STREAM,
                "run-1",
                schedule.mix(),
                List.of("cpu"),
                new Producer("g", clock, () -> 0),
                reports::add,
                stopped);
    }

    /** What was reported sent, in the order of the reports. */
    List<Sent> sent() {
        List<Sent> sent = new ArrayList<>();
        for (LongTable table : reports) {
            for (int row = 0; row < table.rows(); row++) {
                sent.add(new Sent(
                        table.get(row, 0),
                        (int) table.get(row, 1),
                        Phase.ofCode(table.get(row, 2)).orElseThrow(),
                        table.get(row, 3),
                        table.get(row, 4)));
            }
        }
        return sent;
    }

    /** The tasks on the stream. */
    List<TaskEnvelope> tasks() {
        return answerOf(broker.range(STREAM, EntryId.MIN, EntryId.MAX, 1_000_000)).stream()
                .map(Bench::task)
                .toList();
    }

    List<TaskTag> tags() {
        return tasks().stream().map(task -> task.tag().orElseThrow()).toList();
    }

    static TaskEnvelope task(StreamEntry entry) {
        byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElseThrow();
        if (TaskJson.read(json) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task)) {
            return task;
        }
        throw new AssertionError("not a task: " + entry);
    }

    @Override
    public void close() {
        answerOf(vertx.close());
    }
}
