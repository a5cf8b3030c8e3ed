package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import peagen.bench.contract.event.Replication;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.streams.RedisAddress;

/**
 * Every service an operating system process of its own, started from {@code bin/} and connected through Redis alone. What they
 * say goes to {@code logs/} in the run's folder.
 */
public final class ProcessFarm implements Farm {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final String GATEKEEPER = "gatekeeper";
    private static final String COLLECTOR = "collector";
    private static final String WORKER = "probed-worker";
    private static final String GENERATOR = "load-generator";

    private final Vertx vertx;
    private final Path bin;
    private final RedisAddress redis;
    private final RunSpec spec;
    private final Optional<StoreAddress> store;
    private final ServiceWatch watch;
    private final Consumer<String> notices;
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private final Promise<Void> broken = Promise.promise();
    private volatile Future<Void> launched = Future.succeededFuture();
    private volatile boolean up;

    /**
     * A farm for {@code spec}.
     *
     * @param bin the folder of the launchers
     * @param store where the gatekeeper keeps runs and finds those to compare with
     * @param watch knows which services have announced themselves
     * @param notices gets a line when a worker ends that nobody has asked to
     */
    public ProcessFarm(
            Vertx vertx,
            Path bin,
            RedisAddress redis,
            RunSpec spec,
            Optional<StoreAddress> store,
            ServiceWatch watch,
            Consumer<String> notices) {
        this.store = store;
        this.vertx = vertx;
        this.bin = bin;
        this.redis = redis;
        this.spec = spec;
        this.watch = watch;
        this.notices = notices;
    }

    @Override
    public Future<Void> start() {
        FarmPlan plan = spec.request().scenario().farm();
        String tasks = spec.request().streams().tasks();
        // Nobody is there any more to read a further verdict, nor to take late events out of Redis.
        List<String> gatekeeper =
                new ArrayList<>(List.of("--task-stream", tasks, "--http", "off", "--late-window", "0s"));
        spec.gates().ifPresent(folder -> gatekeeper.addAll(List.of("--gates", folder.toString())));
        List<String> collector = List.of(
                "--task-stream", tasks, "--http", "off", "--raw", spec.out().toString());
        launched = vertx.executeBlocking(() -> {
                    start(GATEKEEPER, gatekeeper);
                    start(COLLECTOR, collector);
                    for (int i = 0; i < plan.workers(); i++) {
                        start(WORKER, workerArguments(plan, tasks));
                    }
                    return true;
                })
                .mapEmpty();
        return launched.compose(ignored -> watch.started(2 + plan.workers(), this::firstEnding))
                .onSuccess(ignored -> up = true);
    }

    private List<String> workerArguments(FarmPlan plan, String tasks) {
        return List.of(
                "--task-stream", tasks,
                "--claim-batch", Integer.toString(plan.claimBatch()),
                "--concurrency", Integer.toString(plan.concurrency()),
                "--handler", plan.handler().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "--service-time", plan.serviceTime().toMillis() + "ms",
                "--fail-probability", Double.toString(plan.failProbability()),
                "--results-kept", Long.toString(plan.resultsKept()),
                "--seed", Long.toString(spec.request().seed()));
    }

    private ServiceProcess start(String name, List<String> arguments) throws IOException {
        Path logs = Files.createDirectories(spec.folder().resolve("logs"));
        ServiceProcess service = ServiceProcess.start(
                bin.resolve(name),
                arguments,
                secrets(name),
                logs.resolve("%d-%s.log".formatted(services.size() + 1, name)));
        services.add(service);
        if (!name.equals(GENERATOR)) {
            service.whenEnded(this::gone);
        }
        return service;
    }

    private Map<String, String> secrets(String name) {
        String url = redis.reveal();
        return name.equals(GATEKEEPER)
                ? Map.of(
                        "BENCH_REDIS",
                        url,
                        "BENCH_STORE",
                        store.map(StoreAddress::reveal).orElse("off"))
                : Map.of("BENCH_REDIS", url);
    }

    private void gone(ServiceProcess service) {
        if (up && service.name().equals(WORKER)) {
            notices.accept("bench: " + service.ending());
        } else if (up) {
            broken.tryFail(new FarmException("there will be no verdict: " + service.ending()));
        }
    }

    /** One line about a service that has ended although nobody asked it to; empty while all of them live. */
    private Optional<String> firstEnding() {
        return services.stream()
                .filter(service -> !service.isAlive())
                .findFirst()
                .map(ServiceProcess::ending);
    }

    @Override
    public Future<String> run() {
        List<String> arguments = new ArrayList<>(List.of(
                "--scenario", spec.scenarioFile().toString(),
                "--run-id", spec.request().runId(),
                "--seed", Long.toString(spec.request().seed()),
                "--environment", spec.request().environment(),
                "--task-stream", spec.request().streams().tasks()));
        arguments.addAll(spec.overrides());
        Replication which = spec.request().replication();
        if (!which.isAlone()) {
            arguments.addAll(List.of(
                    "--replicate-set", which.set(),
                    "--replicate", Integer.toString(which.number()),
                    "--replicates", Integer.toString(which.of())));
        }
        Promise<String> over = Promise.promise();
        return vertx.executeBlocking(() -> {
                    start(GENERATOR, arguments).whenEnded(ended -> over.complete(ended.ending()));
                    return true;
                })
                .compose(started -> over.future());
    }

    /** The reason stays with {@code bench}: a process can be asked to end, but not told why. */
    @Override
    public void interrupt(String reason) {
        services.stream().filter(service -> service.name().equals(GENERATOR)).forEach(ServiceProcess::ask);
    }

    @Override
    public Future<Void> broken() {
        return broken.future();
    }

    /** First who makes events, then who collects them, last who judges them. */
    @Override
    public Future<Void> stop() {
        up = false;
        return launched.transform(all -> vertx.executeBlocking(() -> {
                    long until = System.nanoTime() + STOP_LIMIT.toNanos();
                    stop(
                            until,
                            service -> service.name().equals(GENERATOR)
                                    || service.name().equals(WORKER));
                    stop(until, service -> true);
                    return true;
                })
                .mapEmpty());
    }

    private void stop(long until, Predicate<ServiceProcess> which) throws InterruptedException {
        List<ServiceProcess> asked = services.stream().filter(which).toList();
        asked.forEach(ServiceProcess::ask);
        for (ServiceProcess service : asked) {
            service.awaitEnd(until - System.nanoTime());
        }
    }
}
