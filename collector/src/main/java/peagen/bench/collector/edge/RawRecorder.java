package peagen.bench.collector.edge;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.LongSupplier;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.collector.domain.RawLines;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.StreamBroker;

/**
 * Keeps the raw record of seconds, {@code metrics.jsonl}: follows the deltas of every collector and has them written down second
 * by second, a file for each run. Deltas are acknowledged once they are in the file or in the lines that wait for their second to
 * settle: a killed process loses the lines that waited.
 */
public final class RawRecorder {

    /** The consumer group of recorders on the metrics and control streams. */
    public static final String GROUP = "raw-record";

    private RawRecorder() {}

    /** A recorder that writes where {@code config} says; {@code nowMicros} is the Redis clock. */
    public static Recorder of(
            Vertx vertx,
            StreamBroker broker,
            StreamNames streams,
            String consumer,
            RawRecordConfig config,
            LongSupplier nowMicros) {
        RawRecord record = new RawRecord(config);
        List<FollowedStream> followed = List.of(
                new FollowedStream(broker, StreamNames.CONTROL, GROUP, consumer, entry -> plan(record, entry)),
                new FollowedStream(broker, streams.metrics(), GROUP, consumer, entry -> delta(record, entry)));
        return new Recorder(vertx, followed, new Recorder.Written() {
            @Override
            public void resume() {
                record.resume();
            }

            @Override
            public void write() {
                record.write(nowMicros.getAsLong() / 1_000_000 - RawLines.SETTLE_SECONDS);
            }

            @Override
            public void close() {
                record.close();
            }
        });
    }

    private static void plan(RawRecord record, StreamEntry entry) {
        if (RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(RunEvent event)
                && event instanceof RunEvent.RunDeclared declared) {
            record.planned(declared.envelope().runId(), declared.plan());
        }
    }

    /** Entries that cannot be read are the gatekeeper's to report. */
    private static void delta(RawRecord record, StreamEntry entry) {
        if (MetricsDelta.decode(entry.fields()) instanceof Decoded.Known<MetricsDelta>(MetricsDelta delta)
                && RunAggregate.ofDelta(delta) instanceof Decoded.Known<RunAggregate>(RunAggregate aggregate)) {
            long second = delta.envelope().occurredAtMicros() / 1_000_000;
            record.add(delta.envelope().runId(), aggregate, second);
        }
    }
}
