package peagen.bench.loadgenerator.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.PayloadSize;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;
import peagen.bench.service.syntax.DurationText;
import peagen.bench.service.syntax.Rate;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.service.toml.Problem;
import peagen.bench.service.toml.TomlFile;
import peagen.bench.service.toml.TomlSection;

/** Reads a scenario from its TOML file, or says everything that is wrong with it, each with its line and column. */
public final class ScenarioFile {

    private static final Syntax<Duration> PHASE = Syntax.duration(Duration.ZERO, Duration.ofHours(24));
    private static final Syntax<Duration> STEADY = Syntax.duration(Duration.ofSeconds(1), Duration.ofHours(24));

    private static final String[] SHAPES = {"constant", "ramp", "staircase", "burst", "poisson", "idle", "max"};
    private static final List<String> SHAPE_KEYS =
            List.of("rate", "from", "to", "steps", "base", "peak", "period-seconds", "burst-seconds");

    /** More kinds than the timings of a run can tell apart. */
    private static final int MOST_KINDS = 256;

    /** Streams carry lists of words with commas between them. */
    private static final Syntax<String> WORD = Syntax.of(
            "WORD",
            "a word without a comma",
            text -> Optional.of(text).filter(word -> !word.isBlank() && word.indexOf(',') < 0),
            word -> word);

    /** What reading came to: a scenario when there is no problem, problems otherwise. */
    public sealed interface Outcome {
        /** The file is sound. */
        record Sound(Scenario scenario) implements Outcome {}

        /** The file is not; every problem is named. */
        record Broken(List<Problem> problems) implements Outcome {}
    }

    private final TomlFile file;
    private final TomlSection root;

    private ScenarioFile(TomlFile file) {
        this.file = file;
        this.root = file.root();
    }

    /** Reads the file at {@code path}. */
    public static Outcome load(Path path) {
        return new ScenarioFile(TomlFile.load(path)).read();
    }

    /** Reads {@code text} as the content of a file called {@code fileName}. */
    public static Outcome parse(String fileName, String text) {
        return new ScenarioFile(TomlFile.parse(fileName, text)).read();
    }

    /**
     * Everything that is wrong with the file at {@code path}, and what in it a run puts up with and nobody can mean: a name that
     * is not the file's, a target that there is none of, a batch that no worker ever has room for.
     *
     * @param targets the ids of every target that a scenario may measure
     */
    public static List<Problem> examine(Path path, Collection<String> targets) {
        ScenarioFile scenario = new ScenarioFile(TomlFile.load(path));
        return scenario.read(found -> Misfits.note(scenario.root, found, path, targets))
                        instanceof Outcome.Broken broken
                ? broken.problems()
                : List.of();
    }

    private Outcome read() {
        return read(scenario -> {});
    }

    private Outcome read(Consumer<Scenario> examiner) {
        if (!file.readable()) {
            return new Outcome.Broken(file.problems());
        }
        Scenario scenario = scenario();
        if (file.problems().isEmpty()) {
            refuseTooManyTasks(scenario);
        }
        examiner.accept(scenario);
        List<Problem> problems = file.problems();
        return problems.isEmpty() ? new Outcome.Sound(scenario) : new Outcome.Broken(problems);
    }

    private void refuseTooManyTasks(Scenario scenario) {
        try {
            scenario.schedule(0);
        } catch (IllegalArgumentException tooMany) {
            root.reject("load", String.valueOf(tooMany.getMessage()));
        }
    }

    private Scenario scenario() {
        TomlSection tasks = root.table("tasks");
        TomlSection bounds = root.table("bounds");
        TomlSection load = root.table("load");
        Optional<LoadShape> shape = shape(load);
        return new Scenario(
                root.text("name").required("unnamed"),
                root.text("summary").required(""),
                root.text("profile").or("v1.0"),
                root.values("measures", WORD).or(List.of()),
                shape,
                phases(root.table("phases")),
                kinds(tasks),
                payload(tasks),
                tasks.texts("requires").or(List.of("cpu")),
                bounds.duration("send-delay-p99").or(Duration.ofMillis(50)),
                bounds.value("drain", Syntax.duration(Duration.ZERO, Duration.ofHours(1)))
                        .or(Duration.ofSeconds(30)),
                load.wholeNumber("backlog", 1, 10_000_000).or(20_000),
                farm(root.table("farm")));
    }

    private static Optional<LoadShape> shape(TomlSection load) {
        String word = load.choice("shape", SHAPES).required("");
        return switch (word) {
            case "" -> {
                SHAPE_KEYS.forEach(load::ignore);
                yield Optional.empty();
            }
            case "constant" -> Optional.of(new LoadShape.Constant(rate(load, "rate")));
            case "poisson" -> Optional.of(new LoadShape.Poisson(rate(load, "rate")));
            case "ramp" -> Optional.of(new LoadShape.Ramp(rate(load, "from"), rate(load, "to")));
            case "staircase" ->
                Optional.of(new LoadShape.Staircase(
                        rate(load, "from"),
                        rate(load, "to"),
                        load.wholeNumber("steps", 2, 10_000).required(2)));
            case "burst" -> Optional.of(burst(load));
            case "idle" -> Optional.of(new LoadShape.Idle());
            default -> Optional.empty();
        };
    }

    private static LoadShape burst(TomlSection load) {
        int period = load.wholeNumber("period-seconds", 1, 86_400).required(1);
        int burst = load.wholeNumber("burst-seconds", 1, 86_400).required(1);
        if (burst > period) {
            load.reject("burst-seconds", "got " + burst + ", expected no more than period-seconds, " + period);
            burst = period;
        }
        return new LoadShape.Burst(rate(load, "base"), rate(load, "peak"), period, burst);
    }

    private static TaskRate rate(TomlSection load, String key) {
        return TaskRate.perMinute(
                load.value(key, Syntax.rate()).required(new Rate(1)).perMinute());
    }

    private static Phases phases(TomlSection phases) {
        return new Phases(
                seconds(phases, "warm-up", PHASE, 5),
                seconds(phases, "steady", STEADY, 65),
                seconds(phases, "cool-down", PHASE, 2));
    }

    /** Whole seconds, because a run starts on a whole second and its counters are kept by the second. */
    private static int seconds(TomlSection phases, String key, Syntax<Duration> syntax, int fallback) {
        Duration length = phases.value(key, syntax).or(Duration.ofSeconds(fallback));
        if (!length.equals(Duration.ofSeconds(length.toSeconds()))) {
            phases.reject(key, "got '" + DurationText.format(length) + "', expected whole seconds");
        }
        return (int) length.toSeconds();
    }

    private static List<TaskMix.Share> kinds(TomlSection tasks) {
        Optional<TomlSection> weights = tasks.optionalTable("kinds");
        if (weights.isEmpty() || weights.get().keys().isEmpty()) {
            return List.of(new TaskMix.Share("execute", 1));
        }
        TomlSection kinds = weights.get();
        if (kinds.keys().size() > MOST_KINDS) {
            tasks.reject("kinds", "got " + kinds.keys().size() + " kinds, expected at most " + MOST_KINDS);
        }
        return kinds.keys().stream().flatMap(kind -> share(kinds, kind)).toList();
    }

    private static Stream<TaskMix.Share> share(TomlSection kinds, String kind) {
        double weight = kinds.number(kind, 1e-9, 1e9).or(1.0);
        if (WORD.read(kind).isEmpty()) {
            kinds.reject(kind, WORD.rejection(kind));
            return Stream.empty();
        }
        return Stream.of(new TaskMix.Share(kind, weight));
    }

    private static PayloadSize payload(TomlSection tasks) {
        int least = tasks.wholeNumber("payload-bytes", 0, 16_777_216).or(64);
        int most = tasks.wholeNumber("payload-bytes-max", 0, 16_777_216).or(least);
        if (most < least) {
            tasks.reject("payload-bytes-max", "got " + most + ", expected no less than payload-bytes, " + least);
            most = least;
        }
        return most == least ? new PayloadSize.Fixed(least) : new PayloadSize.Uniform(least, most);
    }

    private static FarmPlan farm(TomlSection farm) {
        return new FarmPlan(
                farm.wholeNumber("workers", 0, 1024).or(1),
                farm.wholeNumber("claim-batch", 1, 4096).or(1),
                farm.wholeNumber("concurrency", 1, 65_536).or(1),
                farm.choice("handler", Handling.class).or(Handling.NOOP),
                farm.value("service-time", Syntax.duration(Duration.ZERO, Duration.ofHours(1)))
                        .or(Duration.ofMillis(10)),
                farm.value("fail-probability", Syntax.probability()).or(0.0),
                farm.longNumber("results-kept", 0, 10_000_000).or(10_000_000L));
    }
}
