package peagen.bench.gatekeeper.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.contract.Phase;
import peagen.bench.gatekeeper.domain.GateVocabulary;
import peagen.bench.gatekeeper.domain.GateVocabulary.Known;
import peagen.bench.gatekeeper.domain.StatisticText;
import peagen.bench.measurement.judging.Comparator;
import peagen.bench.measurement.judging.EarlyStop;
import peagen.bench.measurement.judging.Gate;
import peagen.bench.measurement.judging.Statistic;
import peagen.bench.measurement.judging.Target;
import peagen.bench.measurement.judging.Terms;
import peagen.bench.measurement.judging.Terms.OnNoData;
import peagen.bench.measurement.judging.Tolerated;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.service.toml.Problem;
import peagen.bench.service.toml.TomlFile;
import peagen.bench.service.toml.TomlSection;
import peagen.bench.service.toml.TomlValue;

/** Reads one gate file; every mistake is named, with its line and column. Used once. */
final class GateReading {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]*");
    private static final Pattern LABELS = Pattern.compile("\\{\\s*kind\\s*=\\s*\"([^\",{}\\\\]{1,64})\"\\s*}");
    private static final Syntax<String> ENVIRONMENT = Syntax.of(
            "ENVIRONMENT",
            "capitals, digits and - such as CPU-FARM-32",
            text -> Optional.of(text).filter(name -> name.matches("[A-Z0-9][A-Z0-9-]{0,63}")),
            name -> name);
    private static final String COMPARATORS = ">=, <=, < or >";

    private final TomlFile file;
    private final String name;
    private final Map<String, Integer> targetOfId = new HashMap<>();

    private GateReading(TomlFile file, String name) {
        this.file = file;
        this.name = name;
    }

    /**
     * The gate in {@code file}.
     *
     * @param name what it has to be called: runs name their gate, so a gate is called as its file is
     * @throws GateFileException naming every mistake
     */
    static Gate read(TomlFile file, String name) {
        return new GateReading(file, name).read();
    }

    private Gate read() {
        Optional<Gate> gate = file.readable() ? gate(file.root()) : Optional.empty();
        List<String> problems = file.problems().stream().map(Problem::toString).toList();
        if (!problems.isEmpty()) {
            throw new GateFileException(problems);
        }
        return gate.orElseThrow();
    }

    private Optional<Gate> gate(TomlSection root) {
        String written = root.text("name").required(name);
        if (!written.equals(name)) {
            root.reject("name", "got " + Quoted.of(written) + ", expected '" + name + "', as the file is called");
        }
        String version = root.text("version").or("1");
        root.text("summary").required("");
        boolean chainOnly =
                root.choice("proves", "targets", "chain").required("targets").equals("chain");
        List<TomlSection> sections = root.tables("target");
        if (sections.isEmpty()) {
            root.reject("target", "missing, expected at least one target, each beginning [[target]]");
        }
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            target(sections.get(i), i).ifPresent(targets::add);
        }
        return targets.size() == sections.size() && targetOfId.size() == sections.size()
                ? Optional.of(new Gate(name, version, chainOnly, targets))
                : Optional.empty();
    }

    private Optional<Target> target(TomlSection in, int index) {
        String id = id(in, index);
        String title = in.text("title").required("");
        String scenario = in.text("scenario").required("");
        Optional<Series> series = series(in);
        Optional<Known> metric = series.map(Series::metric);
        Optional<Statistic> statistic = statistic(in, metric);
        Optional<Comparator> comparator = comparator(in, metric);
        TomlValue<Double> written = in.number("limit", 0, Double.MAX_VALUE);
        written.required(0.0);
        Optional<Double> limit = written.optional();
        String unit = unit(in, metric, statistic);
        Phase phase = in.choice("phase", Phase.class).or(Phase.STEADY);
        long minSamples = in.longNumber("min-samples", 1, Long.MAX_VALUE).or(1L);
        OnNoData onNoData = in.choice("on-no-data", OnNoData.class).or(OnNoData.INCONCLUSIVE);
        List<String> requiredIn = in.values("required-in", ENVIRONMENT).or(List.of());
        Optional<Duration> abortOnFail = abortOnFail(in, statistic);
        Optional<Tolerated> regression =
                RegressionReading.read(in, limit.filter(most -> most == 0).isPresent());
        if (comparator.isPresent() && limit.isPresent() && limit.get() == 0) {
            decidesNothing(comparator.get()).ifPresent(why -> in.reject("limit", why));
        }
        boolean sound = !id.isEmpty()
                && metric.isPresent()
                && statistic.isPresent()
                && comparator.isPresent()
                && limit.isPresent()
                && metric.get().units(statistic.get()).contains(unit);
        return sound
                ? Optional.of(new Target(
                        id,
                        title,
                        metric.get().name(),
                        scenario,
                        statistic.get(),
                        comparator.get(),
                        limit.get(),
                        unit,
                        phase,
                        minSamples,
                        new Terms(series.get().kind(), onNoData, Set.copyOf(requiredIn), abortOnFail),
                        regression))
                : Optional.empty();
    }

    private String id(TomlSection in, int index) {
        String id = in.text("id").required("");
        if (id.isEmpty()) {
            return id;
        }
        if (!ID.matcher(id).matches()) {
            in.reject("id", "got " + Quoted.of(id) + ", expected letters, digits and _ . / - such as PT-2/cpu");
            return "";
        }
        Optional<Integer> before = Optional.ofNullable(targetOfId.putIfAbsent(id, index));
        if (before.isPresent()) {
            in.reject("id", "got '" + id + "', which target[" + before.get() + "] is called already");
            return "";
        }
        return id;
    }

    /** A metric, and the kind of task that it is looked at for, where not for all. */
    private record Series(Known metric, Optional<String> kind) {}

    private static Optional<Series> series(TomlSection in) {
        String written = in.text("metric").required("");
        if (written.isEmpty()) {
            return Optional.empty();
        }
        int brace = written.indexOf('{');
        String name = brace < 0 ? written : written.substring(0, brace);
        Optional<Known> metric = GateVocabulary.metric(name);
        if (metric.isEmpty()) {
            List<String> names = GateVocabulary.metricNames();
            in.reject(
                    "metric",
                    "got " + Quoted.of(name) + ", expected one of " + String.join(", ", names)
                            + Suggestion.didYouMean(name, names, ""));
            return Optional.empty();
        }
        if (brace < 0) {
            return Optional.of(new Series(metric.get(), Optional.empty()));
        }
        Matcher labels = LABELS.matcher(written.substring(brace));
        if (!labels.matches()) {
            in.reject("metric", "got labels " + Quoted.of(written.substring(brace)) + ", expected {kind=\"render\"}");
            return Optional.empty();
        }
        if (!metric.get().hasKinds()) {
            in.reject("metric", "got labels, expected none: " + name + " is not told by task kind");
            return Optional.empty();
        }
        return Optional.of(new Series(metric.get(), Optional.of(labels.group(1))));
    }

    private static Optional<Statistic> statistic(TomlSection in, Optional<Known> metric) {
        String written = in.text("statistic").required("");
        Optional<Statistic> statistic = StatisticText.parse(written);
        if (statistic.isEmpty() && !written.isEmpty()) {
            in.reject(
                    "statistic",
                    StatisticText.wrongRatio(written)
                            .orElseGet(() -> "got " + Quoted.of(written) + ", expected " + StatisticText.EXPECTED
                                    + Suggestion.didYouMean(written, StatisticText.WORDS, "")));
        }
        if (statistic.isPresent() && metric.isPresent() && !metric.get().shape().has(statistic.get())) {
            in.reject(
                    "statistic",
                    "got " + Quoted.of(written) + ", expected "
                            + metric.get().shape().expected() + " of "
                            + metric.get().name());
            return Optional.empty();
        }
        return statistic;
    }

    private static Optional<Comparator> comparator(TomlSection in, Optional<Known> metric) {
        String written = in.text("comparator").required("");
        Optional<Comparator> comparator = Comparator.parse(written);
        if (comparator.isEmpty() && !written.isEmpty()) {
            in.reject("comparator", "got " + Quoted.of(written) + ", expected " + COMPARATORS + mirrored(written));
        }
        if (comparator.isPresent() && metric.isPresent() && !metric.get().fits(comparator.get())) {
            boolean more = metric.get().moreIsBetter();
            in.reject(
                    "comparator",
                    "got '" + written + "', expected " + (more ? ">= or >" : "<= or <") + ": "
                            + metric.get().name() + " is better when it is " + (more ? "more" : "less"));
            return Optional.empty();
        }
        return comparator;
    }

    private static Optional<Duration> abortOnFail(TomlSection in, Optional<Statistic> statistic) {
        Optional<Duration> delay = in.value("abort-on-fail", Syntax.duration(Duration.ZERO, Duration.ofHours(24)))
                .optional();
        if (delay.isPresent() && statistic.filter(EarlyStop::decidesEarly).isEmpty()) {
            in.reject(
                    "abort-on-fail",
                    "got a delay, expected none with this statistic: it may recover; max and min-window(60s) cannot");
        }
        return delay;
    }

    private static String mirrored(String written) {
        return switch (written) {
            case "=>", "≥", "ge", "at least" -> "; did you mean >=?";
            case "=<", "≤", "le", "at most" -> "; did you mean <=?";
            case "lt", "below" -> "; did you mean <?";
            case "gt", "above" -> "; did you mean >?";
            default -> "";
        };
    }

    private static String unit(TomlSection in, Optional<Known> metric, Optional<Statistic> statistic) {
        String written = in.text("unit").required("");
        metric.ifPresent(known -> {
            List<String> units = statistic.map(known::units).orElse(List.of(known.unit()));
            if (!written.isEmpty() && !units.contains(written)) {
                String of = known.units(new Statistic.Value()).equals(units)
                        ? known.name()
                        : "this statistic of " + known.name();
                in.reject(
                        "unit",
                        "got " + Quoted.of(written) + ", expected '" + String.join("' or '", units) + "', the unit of "
                                + of + Suggestion.didYouMean(written, units, ""));
            }
        });
        return written;
    }

    /** No metric is ever below 0. */
    private static Optional<String> decidesNothing(Comparator comparator) {
        return switch (comparator) {
            case BELOW -> Optional.of("got 0, expected more: nothing is below 0; did you mean <= 0?");
            case AT_LEAST -> Optional.of("got 0, expected more: everything is at least 0");
            case AT_MOST, ABOVE -> Optional.empty();
        };
    }
}
