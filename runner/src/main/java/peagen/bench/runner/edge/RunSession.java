package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.runner.domain.RunProgress;
import peagen.bench.runner.domain.RunRecord;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;

/**
 * One run from an empty folder to a verdict: looks whether the task stream is free, brings the services up, has the run made,
 * waits for its verdict, writes the files, and takes the services down again, whatever happened. Used by one thread, which it
 * blocks; {@link #interrupt} may come from any other.
 */
public final class RunSession {

    private static final Duration VERDICT_LIMIT = Duration.ofSeconds(90);

    private final Vertx vertx;
    private final BrokerSource source;
    private final RunSpec spec;
    private final GateFiles gates;
    private final Path bin;
    private final String version;
    private final PrintStream err;
    private final boolean terminal;
    private volatile @Nullable Farm farm;
    private volatile @Nullable String interruption;

    /** A session for {@code spec} on {@code source}; progress goes to {@code err}. */
    public RunSession(
            Vertx vertx,
            BrokerSource source,
            RunSpec spec,
            GateFiles gates,
            Path bin,
            String version,
            PrintStream err,
            boolean terminal) {
        this.vertx = vertx;
        this.source = source;
        this.spec = spec;
        this.gates = gates;
        this.bin = bin;
        this.version = version;
        this.err = err;
        this.terminal = terminal;
    }

    /** Ends the run early; {@link #run} then still answers with a verdict. */
    public void interrupt(String reason) {
        interruption = reason;
        Farm running = farm;
        if (running != null) {
            running.interrupt(reason);
        }
    }

    /**
     * Makes the run.
     *
     * @throws RuntimeException with one line for the user when there is no verdict
     * @throws IOException when the files cannot be written
     */
    public Verdict run() throws IOException, InterruptedException {
        RunFiles files = RunFiles.in(spec.folder());
        StreamBroker broker = Blocking.await(source.connect());
        seeThatTheStreamIsFree(broker);
        RunProgress progress = new RunProgress(spec.request().runId());
        ServiceWatch watch = new ServiceWatch(vertx, progress);
        RunFollower follower = Blocking.await(onContext(
                () -> RunFollower.start(vertx, broker, spec.request().streams(), progress, watch)));
        Farm services = spec.services() == RunSpec.Services.IN_PROCESS
                ? new InProcessFarm(vertx, source, spec, gates)
                : new ProcessFarm(vertx, bin, redis(), spec, watch);
        farm = services;
        try {
            Blocking.await(services.start());
            ProgressDisplay display = display(progress);
            try {
                String already = interruption;
                if (already != null) {
                    services.interrupt(already);
                }
                Blocking.await(services.run());
                Verdict verdict = Blocking.await(follower.verdict()
                        .timeout(VERDICT_LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .recover(late -> Future.failedFuture(new FarmException(
                                "no verdict within %d s of the run's end".formatted(VERDICT_LIMIT.toSeconds())))));
                files.verdict(verdict);
                files.record(record(progress));
                return verdict;
            } finally {
                display.close();
            }
        } finally {
            Blocking.await(services.stop().otherwiseEmpty());
            Blocking.await(follower.stop().otherwiseEmpty());
        }
    }

    private ProgressDisplay display(RunProgress progress) throws InterruptedException {
        return Blocking.await(onContext(() -> Future.succeededFuture(new ProgressDisplay(
                vertx, progress, () -> System.currentTimeMillis() * 1000, err, terminal))));
    }

    /** Tasks that are there already would be worked on as well: their time would be taken from the run's. */
    private void seeThatTheStreamIsFree(StreamBroker broker) throws InterruptedException {
        StreamNames streams = spec.request().streams();
        long there = Blocking.await(broker.length(streams.tasks()));
        if (there > 0) {
            throw new FarmException(("task stream %s on %s already holds %d entries: let its farm finish them, delete it,"
                            + " or name another with --task-stream")
                    .formatted(streams.tasks(), spec.redis(), there));
        }
    }

    private RedisAddress redis() {
        return source.redisAddress()
                .orElseThrow(() -> new BadInput("--services processes: stub:// lives in one process, name a Redis"));
    }

    private RunRecord record(RunProgress progress) {
        String mode = spec.redis().toString().equals("embedded")
                ? "embedded"
                : source.redisAddress().isEmpty() ? "stub" : "external";
        String address = source.redisAddress().map(RedisAddress::toString).orElse("stub://");
        String outcome = progress.closed().map(closed -> closed.outcome().label()).orElse("failed");
        return RunRecord.of(
                spec,
                progress.plan().orElseThrow(() -> new FarmException("the run was never declared")),
                new RunRecord.Redis(mode, address, null),
                version,
                outcome);
    }

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> action.get().onComplete(promise));
        return promise.future();
    }
}
