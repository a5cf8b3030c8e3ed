package peagen.bench.runner.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import peagen.bench.probeagent.ProbeAgent;
import peagen.bench.probeagent.ProbeAgentConfig;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.runner.domain.Ending;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.RedisAddress;

/**
 * Processes of a user's own worker behind a probe agent, which observes write-ahead. As a farm's spawner does it, one that ends is
 * replaced, until too many have crashed. What they say goes to {@code logs/} in the run's folder. From any thread.
 */
final class OwnWorkers {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final int ENOUGH_CRASHES = 5;

    private final Vertx vertx;
    private final BrokerSource source;
    private final RunSpec spec;
    private final RunSpec.OwnWorker worker;
    private final MeterRegistry meters;
    private final Promise<Void> broken = Promise.promise();
    private final List<WorkerProcess> live = new ArrayList<>();
    private @Nullable ProbeAgent agent;
    private int started;
    private int crashes;
    private boolean stopping;

    OwnWorkers(Vertx vertx, BrokerSource source, RunSpec spec, RunSpec.OwnWorker worker, MeterRegistry meters) {
        this.vertx = vertx;
        this.source = source;
        this.spec = spec;
        this.worker = worker;
        this.meters = meters;
    }

    /** Completes when as many workers as are wanted have connected; fails when they do not, or cannot be started. */
    Future<Void> start() {
        RedisAddress redis = source.redisAddress()
                .orElseThrow(() -> new BadInput("CMD: stub:// lives in one process, name a Redis with --redis"));
        ProbeAgentConfig config = ProbeAgentConfig.of(new HostPort(LOOPBACK, 0), redis)
                .following(spec.request().streams());
        return ProbeAgent.start(vertx, source, config, meters, TrafficListener.NONE)
                .compose(up -> {
                    String queueUrl =
                            redis.behind(LOOPBACK, up.address().port()).reveal();
                    synchronized (this) {
                        agent = up;
                    }
                    return vertx.executeBlocking(() -> {
                                for (int i = 0; i < worker.count(); i++) {
                                    startOne(queueUrl);
                                }
                                return true;
                            })
                            .compose(all -> connected(up, System.nanoTime() + CONNECT_LIMIT.toNanos()));
                });
    }

    private Future<Void> connected(ProbeAgent up, long untilNanos) {
        if (up.connections() >= worker.count()) {
            return Future.succeededFuture();
        }
        if (broken.future().failed()) {
            return broken.future();
        }
        if (System.nanoTime() - untilNanos > 0) {
            return Future.failedFuture(
                    new FarmException("%d of %d workers have connected to QUEUE_URL within %d s; see %s"
                            .formatted(up.connections(), worker.count(), CONNECT_LIMIT.toSeconds(), logs())));
        }
        return vertx.timer(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS).compose(later -> connected(up, untilNanos));
    }

    private Path logs() {
        return spec.folder().resolve("logs");
    }

    private synchronized void startOne(String queueUrl) {
        if (stopping) {
            return;
        }
        started++;
        String name = "worker-" + started;
        Map<String, String> environment = new HashMap<>(Map.of("QUEUE_URL", queueUrl, "HOSTNAME", name));
        if (System.getenv("WORKER_CAPS") == null) {
            environment.put("WORKER_CAPS", "cpu");
        }
        WorkerProcess process = WorkerProcess.start(worker.command(), environment, logFile(name));
        live.add(process);
        process.whenEnded(ending -> replace(process, ending, queueUrl));
    }

    private Path logFile(String name) {
        try {
            return Files.createDirectories(logs()).resolve(name + ".log");
        } catch (IOException refused) {
            throw new FarmException("cannot write " + logs() + ": " + refused.getMessage());
        }
    }

    private synchronized void replace(WorkerProcess ended, Ending ending, String queueUrl) {
        live.remove(ended);
        if (stopping) {
            return;
        }
        crashes += ending.exitCode() == 0 ? 0 : 1;
        if (crashes >= ENOUGH_CRASHES) {
            broken.tryFail(new FarmException(
                    "there will be no verdict: %d workers have crashed, the last one %s".formatted(crashes, ending)));
            return;
        }
        vertx.timer(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)
                .compose(later -> vertx.executeBlocking(() -> {
                    startOne(queueUrl);
                    return true;
                }))
                .onFailure(broken::tryFail);
    }

    /** Fails when too many workers have crashed; completes never. */
    Future<Void> broken() {
        return broken.future();
    }

    /** Asks all to end, kills those that do not within ten seconds, and ends the agent. */
    Future<Void> stop() {
        return vertx.executeBlocking(() -> {
                    end();
                    return true;
                })
                .transform(ended -> agentStopped());
    }

    private synchronized Future<Void> agentStopped() {
        return agent == null ? Future.succeededFuture() : agent.stop();
    }

    private void end() throws InterruptedException {
        List<WorkerProcess> asked;
        synchronized (this) {
            stopping = true;
            asked = List.copyOf(live);
        }
        asked.forEach(WorkerProcess::ask);
        long until = System.nanoTime() + STOP_LIMIT.toNanos();
        for (WorkerProcess process : asked) {
            process.awaitEnd(TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
            process.kill();
        }
    }
}
