package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.runner.domain.RunProgress;
import peagen.bench.runner.domain.RunRecord;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;

/**
 * One run from an empty folder to a verdict: looks whether the task stream is free, brings the services up, has the run made,
 * waits for its verdict, writes the files, and takes the services down again, whatever happened. Used by one thread, which it
 * blocks.
 */
public final class RunSession {

    private static final Duration VERDICT_LIMIT = Duration.ofSeconds(90);
    private static final Duration CLOSED_LIMIT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final BrokerSource source;
    private final RunSpec spec;
    private final GateFiles gates;
    private final Path bin;
    private final String version;
    private final RunOutput output;
    private final RunMemory memory;

    /** A session for {@code spec} on {@code source}, whose run is compared with no other. */
    public RunSession(
            Vertx vertx,
            BrokerSource source,
            RunSpec spec,
            GateFiles gates,
            Path bin,
            String version,
            RunOutput output) {
        this(vertx, source, spec, gates, bin, version, output, RunMemory.ofThisProcess());
    }

    /**
     * A session for {@code spec} on {@code source}.
     *
     * @param memory what the run is compared with, and what gets its verdict
     */
    public RunSession(
            Vertx vertx,
            BrokerSource source,
            RunSpec spec,
            GateFiles gates,
            Path bin,
            String version,
            RunOutput output,
            RunMemory memory) {
        this.memory = memory;
        this.vertx = vertx;
        this.source = source;
        this.spec = spec;
        this.gates = gates;
        this.bin = bin;
        this.version = version;
        this.output = output;
    }

    /**
     * Makes the run.
     *
     * @param stop ends the run early for the reason that it completes with; a run that has begun still gets its verdict
     * @throws RuntimeException with one line for the user when there is no verdict, or when it could not be written
     */
    public Verdict run(Future<String> stop) throws InterruptedException {
        RunFiles files = RunFiles.in(spec.folder());
        try {
            StreamBroker broker = Blocking.await(source.connect());
            seeThatTheStreamIsFree(broker);
            return followed(broker, files, stop);
        } finally {
            files.discardIfEmpty();
        }
    }

    private Verdict followed(StreamBroker broker, RunFiles files, Future<String> stop) throws InterruptedException {
        RunProgress progress = new RunProgress(spec.request().runId());
        ServiceWatch watch = new ServiceWatch(vertx);
        RunFollower follower = Blocking.await(
                onContext(() -> RunFollower.start(vertx, broker, spec.request().streams(), progress, watch)));
        Farm farm = spec.services() == RunSpec.Services.IN_PROCESS
                ? new InProcessFarm(vertx, source, spec, gates, memory.lookup())
                : new ProcessFarm(vertx, bin, redis(), spec, memory.address(), watch, output::say);
        try {
            Verdict verdict = judged(farm, follower, progress, stop);
            progress.plan().ifPresent(plan -> memory.said(plan, verdict));
            output.judged().accept(verdict);
            files.verdict(verdict);
            return verdict;
        } finally {
            try {
                progress.plan().ifPresent(plan -> files.record(record(progress)));
            } finally {
                Blocking.await(farm.stop().otherwiseEmpty());
                Blocking.await(follower.stop().otherwiseEmpty());
            }
        }
    }

    private Verdict judged(Farm farm, RunFollower follower, RunProgress progress, Future<String> stop)
            throws InterruptedException {
        Blocking.await(
                Futures.first(farm.start(), stop.compose(reason -> Future.failedFuture(new StoppedException(reason)))));
        ProgressDisplay display = display(progress);
        try {
            Future<String> generated = farm.run();
            stop.onSuccess(farm::interrupt);
            String ending =
                    Blocking.await(Futures.first(generated, farm.broken().map("")));
            Blocking.await(follower.closed()
                    .timeout(CLOSED_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(never -> Future.failedFuture(unclosed(stop, progress, ending))));
            return Blocking.await(Futures.first(
                    follower.verdict()
                            .timeout(VERDICT_LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .recover(late -> Future.failedFuture(new FarmException(
                                    "no verdict within %d s of the run's end".formatted(VERDICT_LIMIT.toSeconds())))),
                    farm.broken().mapEmpty()));
        } finally {
            display.close();
        }
    }

    private ProgressDisplay display(RunProgress progress) throws InterruptedException {
        int columns = output.terminal() ? Screen.columns() : 0;
        return Blocking.await(onContext(() -> Future.succeededFuture(
                new ProgressDisplay(vertx, progress, () -> System.currentTimeMillis() * 1000, output, columns))));
    }

    private static RuntimeException unclosed(Future<String> stop, RunProgress progress, String ending) {
        return stop.succeeded() && progress.plan().isEmpty()
                ? new StoppedException(stop.result())
                : new FarmException("the run was never closed: " + ending);
    }

    /** Tasks that are there already would be worked on as well: their time would be taken from the run's. */
    private void seeThatTheStreamIsFree(StreamBroker broker) throws InterruptedException {
        StreamNames streams = spec.request().streams();
        long there = Blocking.await(broker.length(streams.tasks()));
        if (there > 0) {
            throw new FarmException(
                    ("task stream %s on %s already holds %d entries: let its farm finish them, delete it,"
                                    + " or name another with --task-stream")
                            .formatted(streams.tasks(), spec.redis(), there));
        }
    }

    private RedisAddress redis() {
        return source.redisAddress()
                .orElseThrow(() -> new BadInput("--services processes: stub:// lives in one process, name a Redis"));
    }

    private RunRecord record(RunProgress progress) {
        String mode = switch (spec.redis()) {
            case BrokerAddress.Embedded embedded -> "embedded";
            case BrokerAddress.Stub stub -> "stub";
            case RedisAddress external -> "external";
        };
        String address = source.redisAddress().map(RedisAddress::toString).orElse("stub://");
        return RunRecord.of(
                spec,
                progress.plan().orElseThrow(),
                new RunRecord.Redis(mode, address, source.serverVersion().orElse(null)),
                ThisMachine.host(),
                version,
                progress.closed().map(closed -> closed.outcome().label()).orElse("failed"));
    }

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> action.get().onComplete(promise));
        return promise.future();
    }
}
