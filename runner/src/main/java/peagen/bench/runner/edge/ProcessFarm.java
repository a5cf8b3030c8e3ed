package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.streams.RedisAddress;

/**
 * Every service an operating system process of its own, started from {@code bin/} and connected through Redis alone. What they
 * say goes to {@code logs/} in the run's folder. Ctrl-C on the terminal is for {@code bench}: the services do not hear it.
 */
public final class ProcessFarm implements Farm {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final String DEAF_TO_CTRL_C = "trap '' INT; exec \"$@\"";

    private final Vertx vertx;
    private final Path bin;
    private final RedisAddress redis;
    private final RunSpec spec;
    private final ServiceWatch watch;
    private final List<Service> services = new ArrayList<>();

    private record Service(String name, Process process, Path log) {}

    /**
     * A farm for {@code spec}.
     *
     * @param bin the folder of the launchers
     * @param watch knows which services have announced themselves
     */
    public ProcessFarm(Vertx vertx, Path bin, RedisAddress redis, RunSpec spec, ServiceWatch watch) {
        this.vertx = vertx;
        this.bin = bin;
        this.redis = redis;
        this.spec = spec;
        this.watch = watch;
    }

    @Override
    public Future<Void> start() {
        FarmPlan plan = spec.request().scenario().farm();
        return vertx.<Void>executeBlocking(() -> {
                    String tasks = spec.request().streams().tasks();
                    List<String> gatekeeper = new ArrayList<>(List.of("--task-stream", tasks, "--http", "off"));
                    spec.gates().ifPresent(folder -> gatekeeper.addAll(List.of("--gates", folder.toString())));
                    start("gatekeeper", gatekeeper);
                    start(
                            "collector",
                            List.of("--task-stream", tasks, "--http", "off", "--raw", spec.out().toString()));
                    for (int i = 1; i <= plan.workers(); i++) {
                        start("probed-worker", workerArguments(plan, tasks));
                    }
                    return null;
                })
                .compose(ignored -> watch.started(2 + plan.workers(), this::firstExit));
    }

    private List<String> workerArguments(FarmPlan plan, String tasks) {
        return List.of(
                "--task-stream", tasks,
                "--claim-batch", Integer.toString(plan.claimBatch()),
                "--concurrency", Integer.toString(plan.concurrency()),
                "--handler", plan.handler().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                "--service-time", plan.serviceTime().toMillis() + "ms",
                "--fail-probability", Double.toString(plan.failProbability()),
                "--results-kept", Long.toString(plan.resultsKept()),
                "--seed", Long.toString(spec.request().seed()));
    }

    private Service start(String name, List<String> arguments) throws IOException {
        Path logs = Files.createDirectories(spec.folder().resolve("logs"));
        Path log = logs.resolve("%d-%s.log".formatted(services.size() + 1, name));
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", DEAF_TO_CTRL_C, "sh", bin.resolve(name).toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(log.toFile());
        // In the environment and not among the arguments: those are for everybody on the machine to see.
        Map<String, String> environment = builder.environment();
        environment.put("BENCH_REDIS", redis.reveal());
        Service service = new Service(name, builder.start(), log);
        services.add(service);
        return service;
    }

    /** One line about a service that has ended although nobody asked it to; empty while all of them live. */
    private java.util.Optional<String> firstExit() {
        return services.stream()
                .filter(service -> !service.process().isAlive())
                .findFirst()
                .map(service -> "%s ended with exit code %d: %s"
                        .formatted(service.name(), service.process().exitValue(), lastLine(service.log())));
    }

    private static String lastLine(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public Future<Void> run() {
        List<String> arguments = new ArrayList<>(List.of(
                "--scenario", spec.scenarioFile().toString(),
                "--run-id", spec.request().runId(),
                "--seed", Long.toString(spec.request().seed()),
                "--environment", spec.request().environment(),
                "--task-stream", spec.request().streams().tasks()));
        arguments.addAll(spec.overrides());
        return vertx.executeBlocking(() -> start("load-generator", arguments)).compose(generator -> {
            Promise<Void> over = Promise.promise();
            generator.process().onExit().thenAccept(ended -> {
                if (ended.exitValue() == 0 || watch.declared()) {
                    over.complete();
                } else {
                    over.fail(new FarmException("load-generator ended with exit code %d: %s"
                            .formatted(ended.exitValue(), lastLine(generator.log()))));
                }
            });
            return over.future();
        });
    }

    @Override
    public void interrupt(String reason) {
        services.stream()
                .filter(service -> service.name().equals("load-generator"))
                .forEach(service -> service.process().destroy());
    }

    @Override
    public Future<Void> stop() {
        return vertx.<Void>executeBlocking(() -> {
            List<Service> late = List.copyOf(services).reversed();
            late.forEach(service -> service.process().destroy());
            long until = System.nanoTime() + STOP_LIMIT.toNanos();
            for (Service service : late) {
                long left = Math.max(1, until - System.nanoTime());
                if (!service.process().waitFor(left, TimeUnit.NANOSECONDS)) {
                    service.process().destroyForcibly();
                }
            }
            return null;
        });
    }
}
