package peagen.bench.collector.edge;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.streams.StreamBroker;

/**
 * Keeps the raw record of tasks, {@code tasks.jsonl}: follows the events with a group of its own and has every task that ended
 * written down. Events are acknowledged once their lines are in the file: a killed process loses none, and what it had written
 * and not acknowledged stands there twice.
 */
public final class TaskRecorder {

    /** The consumer group of recorders on the events stream. As long as it exists, the stream is kept for it. */
    public static final String GROUP = "raw-tasks";

    private static final Logger LOG = LoggerFactory.getLogger(TaskRecorder.class);

    private TaskRecorder() {}

    /** A recorder that writes where {@code config} says; {@code nowMicros} is the Redis clock. */
    public static Recorder of(
            Vertx vertx,
            StreamBroker broker,
            StreamNames streams,
            String consumer,
            RawRecordConfig config,
            LongSupplier nowMicros) {
        TaskRecord record = new TaskRecord(config);
        FollowedStream events =
                new FollowedStream(broker, streams.events(), GROUP, consumer, entry -> take(record, entry));
        return new Recorder(vertx, List.of(events), new Recorder.Written() {
            @Override
            public void resume() {
                record.resume();
            }

            @Override
            public void write() {
                record.write(nowMicros.getAsLong() / 1_000_000);
            }

            @Override
            public void close() {
                record.close();
                LOG.atInfo()
                        .addKeyValue("stream", streams.events())
                        .addKeyValue("group", GROUP)
                        .log("recorder of tasks is gone; the stream grows until another comes, or its group is"
                                + " destroyed");
            }
        });
    }

    /** Entries that cannot be read are the collectors' to quarantine. */
    private static void take(TaskRecord record, StreamEntry entry) {
        if (TaskEvents.decode(entry.fields()) instanceof Decoded.Known<TaskEvent>(TaskEvent event)) {
            record.add(event);
        }
    }
}
