package peagen.bench.collector.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.collector.domain.RawLines;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;

/**
 * Keeps the raw record: follows the deltas of every collector with a group of its own and writes them down second by second, a
 * file for each run. Deltas are acknowledged once they are in the file or in the lines that wait for their second to settle. A
 * file that cannot be written is given up with one message; the run goes on without it. Confined to one context.
 */
public final class RawRecorder {

    /** The consumer group of recorders on the metrics and control streams. */
    public static final String GROUP = "raw-record";

    private static final Logger LOG = LoggerFactory.getLogger(RawRecorder.class);
    private static final Duration BLOCK = Duration.ofMillis(200);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);
    private static final int READ_COUNT = 256;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final StreamNames streams;
    private final String consumer;
    private final Path directory;
    private final LongSupplier nowMicros;
    private final Map<String, Recording> recordings = new HashMap<>();
    private final Promise<Void> left = Promise.promise();
    private boolean stopping;

    private static final class Recording {
        private final RawLines lines;
        private final RawFile file;

        Recording(RawLines lines, RawFile file) {
            this.lines = lines;
            this.file = file;
        }
    }

    /** A recorder that writes below {@code directory}; {@code nowMicros} is the Redis clock. */
    public RawRecorder(
            Vertx vertx,
            StreamBroker broker,
            StreamNames streams,
            String consumer,
            Path directory,
            LongSupplier nowMicros) {
        this.vertx = vertx;
        this.broker = broker;
        this.streams = streams;
        this.consumer = consumer;
        this.directory = directory;
        this.nowMicros = nowMicros;
    }

    /** Starts recording; completes when its groups exist. */
    public Future<Void> start() {
        return broker.createGroup(StreamNames.CONTROL, GROUP, EntryId.MIN)
                .compose(ignored -> broker.createGroup(streams.metrics(), GROUP, EntryId.MIN))
                .onSuccess(ignored -> read());
    }

    /** Stops when everything there is has been read; completes when every file is closed. */
    public Future<Void> stop() {
        stopping = true;
        return left.future();
    }

    private void read() {
        Future<List<StreamEntry>> control = broker.readGroup(
                new GroupRead(StreamNames.CONTROL, GROUP, consumer, READ_COUNT, Duration.ZERO));
        control.compose(plans -> {
                    plans.forEach(this::control);
                    return acknowledge(StreamNames.CONTROL, plans);
                })
                .compose(ignored ->
                        broker.readGroup(new GroupRead(streams.metrics(), GROUP, consumer, READ_COUNT, BLOCK)))
                .compose(deltas -> {
                    deltas.forEach(this::delta);
                    write(stopping && deltas.isEmpty() ? Long.MAX_VALUE : settledSecond());
                    return acknowledge(streams.metrics(), deltas).map(deltas.isEmpty());
                })
                .onSuccess(this::next)
                .onFailure(this::pause);
    }

    private void next(boolean quiet) {
        if (stopping && quiet) {
            recordings.values().forEach(recording -> close(recording));
            left.tryComplete();
        } else {
            read();
        }
    }

    private void pause(Throwable cause) {
        LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("raw record interrupted, goes on");
        if (stopping) {
            write(Long.MAX_VALUE);
            next(true);
        } else {
            vertx.setTimer(PAUSE_AFTER_FAILURE.toMillis(), timer -> read());
        }
    }

    private Future<Long> acknowledge(String stream, List<StreamEntry> entries) {
        return entries.isEmpty()
                ? Future.succeededFuture(0L)
                : broker.acknowledge(
                        stream, GROUP, entries.stream().map(StreamEntry::id).toList());
    }

    private long settledSecond() {
        return nowMicros.getAsLong() / 1_000_000 - RawLines.SETTLE_SECONDS;
    }

    private void control(StreamEntry entry) {
        if (RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(RunEvent event)
                && event instanceof RunEvent.RunDeclared declared) {
            recording(declared.envelope().runId(), recording -> recording.lines.planned(declared.plan()));
        }
    }

    /** Entries that cannot be read are the gatekeeper's to report. */
    private void delta(StreamEntry entry) {
        if (MetricsDelta.decode(entry.fields()) instanceof Decoded.Known<MetricsDelta>(MetricsDelta delta)
                && RunAggregate.ofDelta(delta) instanceof Decoded.Known<RunAggregate>(RunAggregate aggregate)) {
            long second = delta.envelope().occurredAtMicros() / 1_000_000;
            recording(delta.envelope().runId(), recording -> recording.lines.add(aggregate, second));
        }
    }

    private void recording(String runId, java.util.function.Consumer<Recording> action) {
        Recording recording = recordings.get(runId);
        if (recording == null && isFileName(runId)) {
            try {
                recording = new Recording(new RawLines(runId), new RawFile(directory, runId));
                recordings.put(runId, recording);
            } catch (IOException cannotOpen) {
                LOG.atError()
                        .addKeyValue("runId", runId)
                        .addKeyValue("directory", directory)
                        .addKeyValue("cause", cannotOpen.toString())
                        .log("raw record cannot be kept");
            }
        }
        if (recording != null) {
            action.accept(recording);
        }
    }

    /** Run ids come from a stream: none may leave the directory. */
    private static boolean isFileName(String runId) {
        return runId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    }

    private void write(long before) {
        List<String> broken = new ArrayList<>();
        recordings.forEach((runId, recording) -> {
            List<String> lines = recording.lines.linesBefore(before);
            try {
                if (!lines.isEmpty()) {
                    recording.file.write(lines);
                }
            } catch (IOException cannotWrite) {
                LOG.atError()
                        .addKeyValue("runId", runId)
                        .addKeyValue("cause", cannotWrite.toString())
                        .log("raw record given up");
                broken.add(runId);
            }
        });
        broken.forEach(runId -> close(recordings.remove(runId)));
    }

    private static void close(Recording recording) {
        try {
            recording.file.close();
        } catch (IOException cannotSync) {
            LOG.atError().addKeyValue("cause", cannotSync.toString()).log("raw record may be incomplete");
        }
    }
}
