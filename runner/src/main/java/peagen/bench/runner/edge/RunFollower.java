package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.runner.domain.RunProgress;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamTail;

/** Follows one run on the streams, as any onlooker can, from now on. Everything happens on the context that makes it. */
public final class RunFollower {

    private static final Logger LOG = LoggerFactory.getLogger(RunFollower.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final RunProgress progress;
    private final ServiceWatch watch;
    private final Promise<Verdict> judged = Promise.promise();
    private final Promise<RunEvent.RunClosed> closed = Promise.promise();
    private final List<StreamTail> tails;

    private RunFollower(
            Vertx vertx,
            StreamBroker broker,
            StreamNames streams,
            EntryId now,
            RunProgress progress,
            ServiceWatch watch) {
        this.progress = progress;
        this.watch = watch;
        this.tails = List.of(
                follow(vertx, broker, StreamNames.CONTROL, now, this::control),
                follow(vertx, broker, streams.metrics(), now, this::delta),
                follow(vertx, broker, StreamNames.VERDICTS, now, this::verdict));
    }

    /** Follows the run of {@code progress}. */
    public static Future<RunFollower> start(
            Vertx vertx, StreamBroker broker, StreamNames streams, RunProgress progress, ServiceWatch watch) {
        return broker.serverTimeMicros()
                .map(micros -> new RunFollower(
                        vertx, broker, streams, new EntryId(micros / 1000 - 1, Long.MAX_VALUE), progress, watch));
    }

    private static StreamTail follow(
            Vertx vertx, StreamBroker broker, String stream, EntryId after, Consumer<Fields> reader) {
        return StreamTail.follow(
                vertx,
                broker,
                stream,
                after,
                POLL,
                entries -> entries.stream().map(StreamEntry::fields).forEach(reader),
                cause -> LOG.atDebug()
                        .addKeyValue("stream", stream)
                        .addKeyValue("cause", cause.getMessage())
                        .log("cannot follow for the moment"));
    }

    private void control(Fields fields) {
        if (RunEvents.decode(fields) instanceof Decoded.Known<RunEvent>(RunEvent event)) {
            progress.control(event);
            watch.control(event);
            progress.closed().ifPresent(closed::tryComplete);
        }
    }

    private void delta(Fields fields) {
        if (MetricsDelta.decode(fields) instanceof Decoded.Known<MetricsDelta>(MetricsDelta delta)) {
            progress.delta(delta);
        }
    }

    private void verdict(Fields fields) {
        if (VerdictJson.decode(fields) instanceof Decoded.Known<Verdict>(Verdict verdict)) {
            progress.verdict(verdict);
            progress.verdict().ifPresent(judged::tryComplete);
        }
    }

    /** The run's end, when it is there. */
    public Future<RunEvent.RunClosed> closed() {
        return closed.future();
    }

    /** The run's verdict, when it is there. */
    public Future<Verdict> verdict() {
        return judged.future();
    }

    /** Stops following. */
    public Future<Void> stop() {
        return Future.join(tails.stream().map(StreamTail::stop).toList()).mapEmpty();
    }
}
