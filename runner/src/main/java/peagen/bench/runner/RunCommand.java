package peagen.bench.runner;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.loadgenerator.RunRequest;
import peagen.bench.loadgenerator.domain.Arrival;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.runner.domain.RunSpec.Services;
import peagen.bench.runner.domain.VerdictText;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.edge.Reference;
import peagen.bench.runner.edge.RunSession;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.log.LogFormat;
import peagen.bench.service.log.LogLevel;
import peagen.bench.service.log.Logging;
import peagen.bench.service.syntax.DurationText;
import peagen.bench.service.terminal.Terminal;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.outbox.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench run}: from a scenario to a verdict. */
@Command(
        name = "run",
        description = "Runs one scenario and judges it. The verdict is printed, and written to OUT/<run>/verdict.json.",
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private static final String STUB_SCENARIO = "smoke";
    private static final Duration PATIENCE_AFTER_CTRL_C = Duration.ofSeconds(45);

    @Parameters(paramLabel = "SCENARIO", description = "a scenario's name (see 'bench list'), or the path of its file")
    private String scenarioName = "";

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "redis://…, rediss://…, embedded (a Redis 7 of its own), or stub:// (in memory);"
                    + " default: embedded, for smoke stub://")
    private @Nullable String redis;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "tasks per minute at a constant rate, 200/s, or max: as fast as the farm takes them")
    private @Nullable String rate;

    @Option(names = "--duration", paramLabel = "D", description = "length of the steady phase, such as 65s or 10m")
    private @Nullable String duration;

    @Option(names = "--profile", paramLabel = "GATE", description = "the gate file that judges: v0.9, v1.0, or a path")
    private @Nullable String profile;

    @Option(names = "--seed", paramLabel = "N", description = "what every random choice derives from; default 1")
    private long seed = 1;

    @Option(
            names = "--services",
            paramLabel = "WHERE",
            description = "in-process: all in one JVM (default); processes: each its own, connected through Redis alone")
    private String services = Services.IN_PROCESS.label();

    @Option(names = "--out", paramLabel = "DIR", description = "gets a folder for the run; default: runs")
    private Path out = Path.of("runs");

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "where this is: CPU-FARM-32, GPU-FARM-1, K8S-SWARM; default LOCAL, on stub:// DEV-STUB")
    private @Nullable String environment;

    @Option(names = "--task-stream", paramLabel = "NAME", description = "the task stream; default peagen.tasks")
    private String taskStream = StreamNames.peagen().tasks();

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "how much is logged; default warn")
    private LogLevel logLevel = LogLevel.WARN;

    @Option(names = "--stack-traces", description = "show where an unexpected failure came from")
    private boolean stackTraces;

    private final BenchHome home = BenchHome.current();
    private final HostProcess host = HostProcess.current();

    @Override
    public Integer call() throws Exception {
        Logging.configure(logLevel, LogFormat.TEXT, host.environment(), host.err());
        Path file = home.scenarioFile(scenarioName);
        GateFiles gates = gates();
        RunSpec spec = spec(BenchHome.scenario(file), file);
        gates.load(spec.request().scenario().profile());
        Vertx vertx = Vertx.vertx();
        try {
            BrokerSource source = Blocking.await(Brokers.open(vertx, spec.redis()));
            try {
                return measure(vertx, source, spec, gates).state().exitCode();
            } finally {
                Blocking.await(source.close().otherwiseEmpty());
            }
        } finally {
            Blocking.await(vertx.close().otherwiseEmpty());
        }
    }

    private Verdict measure(Vertx vertx, BrokerSource source, RunSpec spec, GateFiles gates)
            throws IOException, InterruptedException {
        boolean closed = spec.request().scenario().shape().isEmpty();
        Optional<Reference> reference =
                closed ? Optional.of(Reference.measure(source.redisAddress())) : Optional.empty();
        RunSession session = new RunSession(
                vertx,
                source,
                spec,
                gates,
                home.bin(),
                Bench.Version.current(),
                host.err(),
                Terminal.watchesStandardError());
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger ending = new AtomicInteger(ExitCode.INCONCLUSIVE.code());
        host.onTermination(() -> closeEarly(session, over, ending));
        try {
            Verdict verdict = session.run();
            ending.set(verdict.state().exitCode());
            boolean colours = Terminal.watchesStandardOutput() && Terminal.allowsColours(host.environment());
            host.out().println(new VerdictText(colours).of(verdict));
            reference.ifPresent(measured -> host.out().println(measured.beside(verdict.throughput())));
            host.out().println(BenchHome.shown(spec.folder().toAbsolutePath()) + "/verdict.json");
            host.out().flush();
            return verdict;
        } finally {
            over.countDown();
        }
    }

    /** Ctrl-C: the run is closed as it is, judged, and written down before the process ends. */
    private static void closeEarly(RunSession session, CountDownLatch over, AtomicInteger ending) {
        if (over.getCount() == 0) {
            return;
        }
        session.interrupt("stopped by its user");
        try {
            if (over.await(PATIENCE_AFTER_CTRL_C.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(ending.get());
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private GateFiles gates() {
        return gatesDirectory().map(GateFiles::in).orElseGet(GateFiles::shipped);
    }

    /** A gate file given by its path is found by its name in its folder. */
    private Optional<Path> gatesDirectory() {
        return Optional.ofNullable(profile)
                .filter(name -> name.endsWith(".toml") || name.contains("/"))
                .map(path -> Optional.ofNullable(Path.of(path).toAbsolutePath().getParent())
                        .orElseThrow(() -> new BadInput("--profile: got '" + path + "', expected a gate file")));
    }

    private RunSpec spec(Scenario fromFile, Path file) {
        Scenario scenario = fromFile;
        List<String> overrides = new ArrayList<>();
        if (rate != null) {
            String text = rate;
            Arrival arrival = Arrival.parse(text)
                    .orElseThrow(() -> new BadInput("--rate: got '" + text + "', expected " + Arrival.EXPECTED));
            scenario = scenario.arriving(arrival);
            overrides.addAll(List.of("--rate", text));
        }
        if (duration != null) {
            int seconds = steadySeconds(duration);
            scenario = scenario.steadyFor(seconds);
            overrides.addAll(List.of("--steady-seconds", Integer.toString(seconds)));
        }
        if (profile != null) {
            String gate = String.valueOf(Path.of(profile).getFileName()).replaceFirst("[.]toml$", "");
            scenario = scenario.judgedBy(gate);
            overrides.addAll(List.of("--profile", gate));
        }
        BrokerAddress address = BrokerAddress.parse(
                "--redis",
                redis != null ? redis : scenario.name().equals(STUB_SCENARIO) ? "stub://" : "embedded");
        String where = environment != null
                ? environment
                : address instanceof BrokerAddress.Stub ? "DEV-STUB" : "LOCAL";
        RunRequest request = new RunRequest(
                runId(scenario.name()), scenario, seed, where, StreamNames.forTasks(taskStream));
        return new RunSpec(
                request, file, address, placed(address), overrides, gatesDirectory(), out, commandLine());
    }

    private Services placed(BrokerAddress address) {
        for (Services known : Services.values()) {
            if (known.label().equals(services)) {
                if (known == Services.PROCESSES && address instanceof BrokerAddress.Stub) {
                    throw new BadInput("--services processes: stub:// lives in one process, name a Redis with --redis");
                }
                return known;
            }
        }
        throw new BadInput("--services: got '" + services + "', expected in-process or processes");
    }

    private static int steadySeconds(String text) {
        Optional<Duration> length = DurationText.parse(text);
        if (length.isEmpty()
                || length.get().toMillis() % 1000 != 0
                || length.get().isZero()
                || length.get().compareTo(Duration.ofDays(1)) > 0) {
            throw new BadInput(
                    "--duration: got '" + text + "', expected whole seconds, at most a day, such as 65s or 10m");
        }
        return (int) length.get().toSeconds();
    }

    /** Sorts by time, says what it is, and no other run has it. */
    private static String runId(String scenario) {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        return Producer.uniqueName(time + "-" + scenario);
    }

    /** How to ask for this run again; a password in the address is left out. */
    private List<String> commandLine() {
        List<String> words = new ArrayList<>(List.of("bench", "run", scenarioName));
        if (redis != null) {
            words.addAll(List.of("--redis", BrokerAddress.parse("--redis", redis).toString()));
        }
        if (rate != null) {
            words.addAll(List.of("--rate", rate));
        }
        if (duration != null) {
            words.addAll(List.of("--duration", duration));
        }
        if (profile != null) {
            words.addAll(List.of("--profile", profile));
        }
        words.addAll(List.of("--seed", Long.toString(seed), "--services", services));
        return words;
    }
}
