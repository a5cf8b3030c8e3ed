package peagen.bench.loadgenerator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.loadgenerator.domain.Arrival;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.loadgenerator.edge.OrderReading;
import peagen.bench.loadgenerator.edge.ScenarioFile;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.launch.ServiceProgram;
import peagen.bench.service.launch.UserFacing;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.service.toml.Problem;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.outbox.ServiceLink;

/** The load generator as a process of its own: makes one run and ends, or makes the runs that are ordered. */
public final class Main implements ServiceProgram {

    private static final String RUN_ID_WORDS =
            "up to 128 letters, digits, dots, dashes and underscores, a letter or digit first";
    private static final Setting<RedisAddress> REDIS = Setting.of(
            "redis",
            "the Redis server of the farm",
            Syntax.of("URL", BrokerAddress.EXPECTED_SERVER, BrokerAddress::server, RedisAddress::reveal)
                    .hidden());
    private static final Setting<Optional<Path>> SCENARIO =
            Setting.optional("scenario", "the scenario's TOML file", Syntax.path());
    private static final Setting<Boolean> ORDERS = Setting.of(
                    "orders", "waits for the runs that are ordered, and makes one after the other", Syntax.flag())
            .defaultsTo(false);
    private static final Setting<Optional<Path>> SCENARIOS =
            Setting.optional("scenarios", "with --orders: the folder of the scenarios' TOML files", Syntax.path());
    private static final Setting<Optional<String>> RUN_ID = Setting.optional(
            "run-id",
            "the run's name, unique on the server; else made up",
            Syntax.of("NAME", RUN_ID_WORDS, text -> Optional.of(text).filter(OrderReading::isRunId), text -> text));
    private static final Setting<Long> SEED = Setting.of(
                    "seed", "what every random choice derives from", Syntax.longNumber(Long.MIN_VALUE, Long.MAX_VALUE))
            .defaultsTo(1L);
    private static final Setting<Optional<Arrival>> RATE = Setting.optional(
            "rate",
            "arrivals in place of the scenario's own",
            Syntax.of("RATE", Arrival.EXPECTED, Arrival::parse, Arrival::toString));
    private static final Setting<Optional<Integer>> STEADY = Setting.optional(
            "steady-seconds", "length of the steady phase in place of the scenario's", Syntax.wholeNumber(1, 86_400));
    private static final Setting<Optional<String>> PROFILE =
            Setting.optional("profile", "the gate file that judges the run", Syntax.text());
    private static final Setting<String> ENVIRONMENT = Setting.of(
                    "environment", "where the run is made: CPU-FARM-32, GPU-FARM-1, K8S-SWARM, …", Syntax.text())
            .defaultsTo("LOCAL");
    private static final Setting<String> TASK_STREAM = Setting.of(
                    "task-stream", "the task stream; result and dead-letter stream are named after it", Syntax.text())
            .defaultsTo(StreamNames.peagen().tasks());

    private static final Setting<Optional<String>> SET = Setting.optional(
            "replicate-set",
            "what the replicates of one measurement are called together; the last of them is judged with all",
            Syntax.of("NAME", RUN_ID_WORDS, text -> Optional.of(text).filter(OrderReading::isRunId), text -> text));
    private static final Setting<Integer> REPLICATE = Setting.of(
                    "replicate", "which replicate of its set the run is", Syntax.wholeNumber(1, Replication.MOST))
            .defaultsTo(1);
    private static final Setting<Integer> REPLICATES = Setting.of(
                    "replicates", "how many replicates its set has", Syntax.wholeNumber(1, Replication.MOST))
            .defaultsTo(1);

    /** Something that the user has to know in words of our own. */
    private static final class Refusal extends RuntimeException implements UserFacing {
        private static final long serialVersionUID = 1L;

        private final ExitCode exitCode;

        Refusal(ExitCode exitCode, String message) {
            super(message);
            this.exitCode = exitCode;
        }

        @Override
        public ExitCode exitCode() {
            return exitCode;
        }
    }

    /** The program's way in. */
    public static void main(String[] args) {
        Launcher.run(new Main(), args);
    }

    @Override
    public SettingsSpec spec() {
        return SettingsSpec.of(
                        "load-generator",
                        "Sends the tasks of a scenario at their intended times: one run, or those that are ordered.")
                .with(
                        REDIS,
                        SCENARIO,
                        ORDERS,
                        SCENARIOS,
                        RUN_ID,
                        SEED,
                        RATE,
                        STEADY,
                        PROFILE,
                        ENVIRONMENT,
                        TASK_STREAM,
                        SET,
                        REPLICATE,
                        REPLICATES)
                .rule(Main::oneOrMany)
                .rule(Main::replicatesOfOneSet)
                .example(
                        "load-generator --redis redis://127.0.0.1:6379 --scenario benchmarks/scenarios/bench_queue_rate.toml",
                        "the queue rate scenario at its own rate")
                .example(
                        "load-generator --redis redis://127.0.0.1:6379 --orders --scenarios benchmarks/scenarios",
                        "every run that is ordered over the gatekeeper's API");
    }

    private static List<String> oneOrMany(Settings settings) {
        boolean scenario = settings.get(SCENARIO).isPresent();
        boolean scenarios = settings.get(SCENARIOS).isPresent();
        if (!settings.get(ORDERS)) {
            return scenario && !scenarios
                    ? List.of()
                    : List.of("scenario: expected the one scenario to run, or --orders and --scenarios DIR");
        }
        boolean own = settings.get(RUN_ID).isPresent()
                || settings.get(RATE).isPresent()
                || settings.get(STEADY).isPresent()
                || settings.get(PROFILE).isPresent();
        if (!scenarios || scenario || own) {
            return List.of(
                    "orders: expected --scenarios DIR, and no setting of a single run: each order brings its own");
        }
        Path folder = settings.get(SCENARIOS).orElseThrow();
        return Files.isDirectory(folder)
                ? List.of()
                : List.of("scenarios: got '" + folder + "', expected a folder of scenario files");
    }

    @Override
    public Future<RunningService> start(Vertx vertx, Settings settings) {
        return settings.get(ORDERS) ? startForOrders(vertx, settings) : startOne(vertx, settings);
    }

    private static Future<RunningService> startForOrders(Vertx vertx, Settings settings) {
        StreamNames streams = StreamNames.forTasks(settings.get(TASK_STREAM));
        OrderReading reading =
                new OrderReading(settings.get(SCENARIOS).orElseThrow(), settings.get(ENVIRONMENT), streams);
        return Brokers.open(vertx, settings.get(REDIS))
                .compose(source -> onOneContext(
                        vertx,
                        () -> ServiceLink.open(vertx, source, "load-generator").compose(link -> {
                            OrderedRuns runs = new OrderedRuns(vertx, link, reading);
                            return runs.start().map(ready -> waiting(runs, link, streams));
                        })));
    }

    private static RunningService waiting(OrderedRuns runs, ServiceLink link, StreamNames streams) {
        return new RunningService() {
            @Override
            public Future<Void> stop() {
                return runs.stop().eventually(link::close);
            }

            @Override
            public String announcement() {
                return "waits for orders of runs on " + streams.tasks();
            }
        };
    }

    private static Future<RunningService> startOne(Vertx vertx, Settings settings) {
        RunRequest request = request(settings);
        return Brokers.open(vertx, settings.get(REDIS))
                .compose(source -> onOneContext(
                        vertx,
                        () -> ServiceLink.open(vertx, source, "load-generator").map(link -> {
                            LoadGenerator generator =
                                    new LoadGenerator(vertx, link.broker(), link.producer(), link.clock(), request);
                            return running(request, generator, generator.run(), link);
                        })));
    }

    private static <T> Future<T> onOneContext(Vertx vertx, Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        vertx.getOrCreateContext().runOnContext(ignored -> action.get().onComplete(promise));
        return promise.future();
    }

    private static RunningService running(
            RunRequest request, LoadGenerator generator, Future<RunClosed> run, ServiceLink link) {
        return new RunningService() {
            @Override
            public Future<Void> stop() {
                generator.interrupt("stopped by its user");
                Promise<Void> closed = Promise.promise();
                run.onComplete(ignored -> link.close().onComplete(closed));
                return closed.future();
            }

            @Override
            public Future<ExitCode> done() {
                return run.map(closed -> switch (closed.outcome()) {
                    case COMPLETED -> ExitCode.PASS;
                    case INTERRUPTED -> ExitCode.INCONCLUSIVE;
                    case FAILED ->
                        throw new Refusal(
                                ExitCode.INFRASTRUCTURE, "run " + request.runId() + " failed: " + closed.reason());
                });
            }

            @Override
            public String announcement() {
                return "run " + request.runId() + " of " + request.scenario().name();
            }
        };
    }

    private static RunRequest request(Settings settings) {
        Scenario scenario = switch (ScenarioFile.load(settings.get(SCENARIO).orElseThrow())) {
            case ScenarioFile.Outcome.Sound(Scenario sound) -> sound;
            case ScenarioFile.Outcome.Broken(List<Problem> problems) ->
                throw new Refusal(
                        ExitCode.BAD_INPUT,
                        problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        };
        if (settings.get(RATE).isPresent()) {
            scenario = scenario.arriving(settings.get(RATE).get());
        }
        if (settings.get(STEADY).isPresent()) {
            scenario = scenario.steadyFor(settings.get(STEADY).get());
        }
        if (settings.get(PROFILE).isPresent()) {
            scenario = scenario.judgedBy(settings.get(PROFILE).get());
        }
        refuseTooManyTasks(scenario);
        return new RunRequest(
                settings.get(RUN_ID)
                        .orElseGet(() -> Producer.uniqueName(
                                runStem(settings.get(SCENARIO).orElseThrow()))),
                scenario,
                settings.get(SEED),
                settings.get(ENVIRONMENT),
                StreamNames.forTasks(settings.get(TASK_STREAM)),
                replication(settings),
                Optional.empty());
    }

    private static Replication replication(Settings settings) {
        return settings.get(SET)
                .map(set -> new Replication(set, settings.get(REPLICATE), settings.get(REPLICATES)))
                .orElse(Replication.ALONE);
    }

    private static List<String> replicatesOfOneSet(Settings settings) {
        int which = settings.get(REPLICATE);
        int of = settings.get(REPLICATES);
        if (settings.get(SET).isEmpty() && of > 1) {
            return List.of("replicates: got %d, expected a name for them in replicate-set as well".formatted(of));
        }
        return which > of
                ? List.of("replicate: got %d, expected 1 to %d, the number of replicates".formatted(which, of))
                : List.of();
    }

    /** The file is sound by itself; with another rate or length it may not be. */
    private static void refuseTooManyTasks(Scenario scenario) {
        try {
            scenario.schedule(0);
        } catch (IllegalArgumentException tooMany) {
            throw new Refusal(ExitCode.BAD_INPUT, String.valueOf(tooMany.getMessage()));
        }
    }

    private static String runStem(Path scenarioFile) {
        String stem = String.valueOf(scenarioFile.getFileName())
                .replaceFirst("[.]toml$", "")
                .replaceAll("[^A-Za-z0-9._-]", "-");
        return OrderReading.isRunId(stem + "-123456") ? stem : "run";
    }
}
