package peagen.bench.runner;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.Replication;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.loadgenerator.domain.Arrival;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.runner.domain.RunSpec.Services;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.service.syntax.DurationText;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.outbox.Producer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code bench run} can be told, and the run that it comes to. */
final class RunOptions {

    private static final String STUB_SCENARIO = "smoke";
    private static final int MOST_WORKERS = 1000;

    @Parameters(
            index = "0",
            paramLabel = "SCENARIO",
            completionCandidates = Words.Scenarios.class,
            description = "a scenario's name (see 'bench list'), or the path of its file")
    private String scenarioName = "";

    @Parameters(
            index = "1..*",
            paramLabel = "CMD",
            description =
                    "a worker of your own, in any language: a program and its arguments, behind --; it finds Redis in"
                            + " QUEUE_URL. Without it the reference workers work")
    private List<String> command = List.of();

    @Option(names = "--workers", paramLabel = "N", description = "how many processes of CMD are to be alive; default 1")
    private @Nullable Integer workers;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            completionCandidates = Words.Redis.class,
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

    @Option(
            names = "--profile",
            paramLabel = "GATE",
            completionCandidates = Words.Gates.class,
            description = "the gate file that judges: v0.9, v1.0, or a path")
    private @Nullable String profile;

    @Option(names = "--seed", paramLabel = "N", description = "what every random choice derives from; default 1")
    private long seed = 1;

    @Option(
            names = "--replicates",
            paramLabel = "N",
            description = "makes the run N times, one after the other; the last one is compared, with all of them, with"
                    + " earlier measurements; default 1")
    private int replicates = 1;

    @Option(
            names = "--services",
            paramLabel = "WHERE",
            completionCandidates = Words.Places.class,
            description =
                    "in-process: all in one JVM (default); processes: each its own, connected through Redis alone")
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

    /** The gate files to judge with. A gate file given by its path is found by its name in its folder. */
    GateFiles gates() {
        return gatesFolder().map(GateFiles::in).orElseGet(GateFiles::shipped);
    }

    /**
     * The run that is asked for, every default filled in.
     *
     * @throws BadInput when an option, or the scenario's file, has to be changed
     */
    RunSpec spec(BenchHome home) {
        Path file = home.scenarioFile(scenarioName);
        List<String> overrides = new ArrayList<>();
        Scenario scenario = overridden(BenchHome.scenario(file), overrides);
        boolean inMemory = scenario.name().equals(STUB_SCENARIO) && command.isEmpty();
        BrokerAddress address =
                BrokerAddress.parse("--redis", redis != null ? redis : inMemory ? "stub://" : "embedded");
        String where = environment != null
                ? named("--environment", environment)
                : address instanceof BrokerAddress.Stub ? "DEV-STUB" : "LOCAL";
        RunRequest request = new RunRequest(
                runId(scenario.name()),
                scenario,
                seed,
                where,
                StreamNames.forTasks(named("--task-stream", taskStream)));
        return new RunSpec(
                request,
                file,
                address,
                placed(address),
                overrides,
                gatesFolder(),
                out.toAbsolutePath().normalize(),
                commandLine(address),
                ownWorker(address));
    }

    /**
     * The runs that are asked for, in their order: one, or the replicates of a set.
     *
     * @throws BadInput as {@link #spec} does
     */
    List<RunSpec> specs(BenchHome home) {
        if (replicates < 1 || replicates > Replication.MOST) {
            throw new BadInput("--replicates: got %d, expected 1 to %d".formatted(replicates, Replication.MOST));
        }
        RunSpec spec = spec(home);
        return replicates == 1
                ? List.of(spec)
                : IntStream.rangeClosed(1, replicates)
                        .mapToObj(number -> spec.replicate(number, replicates))
                        .toList();
    }

    private Optional<RunSpec.OwnWorker> ownWorker(BrokerAddress address) {
        if (command.isEmpty()) {
            if (workers != null) {
                throw new BadInput("--workers: got " + workers + ", expected a CMD behind -- to start as often");
            }
            return Optional.empty();
        }
        int count = workers == null ? 1 : workers;
        if (count < 1 || count > MOST_WORKERS) {
            throw new BadInput("--workers: got %d, expected 1 to %d".formatted(count, MOST_WORKERS));
        }
        if (address instanceof BrokerAddress.Stub) {
            throw new BadInput("CMD: stub:// lives in one process, name a Redis with --redis");
        }
        if (services.equals(Services.PROCESSES.label())) {
            throw new BadInput("--services processes: with a CMD the suite's services share one JVM");
        }
        return Optional.of(new RunSpec.OwnWorker(command, count));
    }

    /** {@code fromFile} as the options change it; {@code overrides} gets the same as flags of the load generator. */
    private Scenario overridden(Scenario fromFile, List<String> overrides) {
        Scenario scenario = fromFile;
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
            String gate =
                    String.valueOf(path("--profile", profile).getFileName()).replaceFirst("[.]toml$", "");
            scenario = scenario.judgedBy(gate);
            overrides.addAll(List.of("--profile", gate));
        }
        try {
            scenario.schedule(seed);
        } catch (IllegalArgumentException tooMany) {
            throw new BadInput("--rate, --duration: " + tooMany.getMessage());
        }
        return scenario;
    }

    private Optional<Path> gatesFolder() {
        return Optional.ofNullable(profile)
                .filter(name -> name.endsWith(".toml") || name.contains("/"))
                .map(name -> Optional.of(path("--profile", name).toAbsolutePath())
                        .filter(file -> name.endsWith(".toml") && Files.isRegularFile(file))
                        .map(Path::getParent)
                        .orElseThrow(() -> new BadInput(
                                "--profile: got '" + name + "', expected a gate's name or its .toml file")));
    }

    private Services placed(BrokerAddress address) {
        List<String> labels =
                Arrays.stream(Services.values()).map(Services::label).toList();
        Services place = Arrays.stream(Services.values())
                .filter(known -> known.label().equals(services))
                .findFirst()
                .orElseThrow(() -> new BadInput("--services: got '" + services + "', expected "
                        + String.join(" or ", labels) + Suggestion.didYouMean(services, labels, "")));
        if (place == Services.PROCESSES && address instanceof BrokerAddress.Stub) {
            throw new BadInput("--services processes: stub:// lives in one process, name a Redis with --redis");
        }
        return place;
    }

    private static String named(String option, String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new BadInput(option + ": got '" + text + "', expected a name");
        }
        return text;
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException noPath) {
            throw new BadInput(option + ": got '" + text + "', expected a name or a path");
        }
    }

    private static int steadySeconds(String text) {
        return DurationText.parse(text)
                .filter(length -> length.toMillis() % 1000 == 0 && !length.isZero())
                .filter(length -> length.compareTo(Duration.ofDays(1)) <= 0)
                .map(length -> (int) length.toSeconds())
                .orElseThrow(() -> new BadInput(
                        "--duration: got '" + text + "', expected whole seconds, at most a day, such as 65s or 10m"));
    }

    /** Sorts by time, says what it is, and no other run has it. It names a folder, whatever the scenario calls itself. */
    private static String runId(String scenario) {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        String plain = scenario.replaceAll("[^A-Za-z0-9._-]", "-");
        return Producer.uniqueName(time + "-" + plain.substring(0, Math.min(80, plain.length())));
    }

    /** How to ask for this run again; a password in the address is left out. */
    private List<String> commandLine(BrokerAddress address) {
        List<String> words = new ArrayList<>(List.of("bench", "run", scenarioName));
        if (redis != null) {
            words.addAll(List.of("--redis", address.toString()));
        }
        given(words, "--rate", rate);
        given(words, "--duration", duration);
        given(words, "--profile", profile);
        given(words, "--environment", environment);
        if (!taskStream.equals(StreamNames.peagen().tasks())) {
            given(words, "--task-stream", taskStream);
        }
        words.addAll(List.of("--seed", Long.toString(seed), "--services", services));
        given(words, "--replicates", replicates == 1 ? null : Integer.toString(replicates));
        given(words, "--workers", workers == null ? null : workers.toString());
        if (!command.isEmpty()) {
            words.add("--");
            words.addAll(command);
        }
        return words;
    }

    private static void given(List<String> words, String option, @Nullable String value) {
        if (value != null) {
            words.addAll(List.of(option, value));
        }
    }
}
