package peagen.bench.gatekeeper.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.measurement.judging.Comparator;
import peagen.bench.measurement.judging.Metric;
import peagen.bench.measurement.judging.Statistic;

/** The metrics that a target may name, and what makes sense with each. Pure. */
public final class GateVocabulary {

    private static final Map<String, Known> METRICS = metrics();

    private GateVocabulary() {}

    /** Which statistics a metric has. */
    public enum Shape {
        /** Counted over time: {@code min-window(60s)} or {@code mean}. */
        RATE("min-window(60s) or mean"),
        /** Many of them: a quantile or {@code max}. */
        SPREAD("p50, p95, p99, p99.9 or max"),
        /** One of them: {@code value}. */
        SINGLE("value"),
        /** A number of tasks: itself, how many in a time, or a share of another. */
        COUNT("value, rate or ratio(tasks_enqueued)"),
        /** A number of tasks that is known at the end of the run only. */
        TOTAL("value or ratio(tasks_enqueued)");

        private final String expected;

        Shape(String expected) {
            this.expected = expected;
        }

        /** What a target may ask for, for problems. */
        public String expected() {
            return expected;
        }

        /** Whether the metric has {@code statistic}. */
        public boolean has(Statistic statistic) {
            return switch (statistic) {
                case Statistic.MinWindow window -> this == RATE;
                case Statistic.Mean mean -> this == RATE;
                case Statistic.Quantile quantile -> this == SPREAD;
                case Statistic.Max max -> this == SPREAD;
                case Statistic.Value value -> this == SINGLE || this == COUNT || this == TOTAL;
                case Statistic.Rate rate -> this == COUNT;
                case Statistic.Ratio ratio -> this == COUNT || this == TOTAL;
            };
        }
    }

    /**
     * A metric.
     *
     * @param moreIsBetter whether its limit is a lower one
     */
    public record Known(String name, String unit, Shape shape, boolean moreIsBetter) {

        /** Whether it is told by task kind too: durations are. */
        public boolean hasKinds() {
            return name.endsWith("_us");
        }

        /** The units that {@code statistic} of it may be asked for in, the usual one first. */
        public List<String> units(Statistic statistic) {
            return switch (statistic) {
                case Statistic.Rate rate -> List.of(Metric.PER_SECOND, Metric.PER_MINUTE);
                case Statistic.Ratio ratio -> List.of(Metric.PERCENT);
                default -> List.of(unit);
            };
        }

        /** Whether {@code comparator} looks at the side that matters. */
        public boolean fits(Comparator comparator) {
            boolean lowerLimit = comparator == Comparator.AT_LEAST || comparator == Comparator.ABOVE;
            return lowerLimit == moreIsBetter;
        }
    }

    /** The metric called {@code name}. */
    public static Optional<Known> metric(String name) {
        return Optional.ofNullable(METRICS.get(name));
    }

    /** The names of all metrics, those that are measured today first. */
    public static List<String> metricNames() {
        return List.copyOf(METRICS.keySet());
    }

    private static boolean moreIsBetter(Metric metric) {
        return switch (metric) {
            case QUEUE_THROUGHPUT, TASKS_ENQUEUED, TASKS_CLAIMED, TASKS_COMPLETED -> true;
            default -> false;
        };
    }

    private static Map<String, Known> metrics() {
        Map<String, Known> known = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            Shape shape = switch (metric) {
                case QUEUE_THROUGHPUT -> Shape.RATE;
                case TASKS_LOST, TASKS_DUPLICATED -> Shape.TOTAL;
                case TASKS_ENQUEUED,
                        TASKS_CLAIMED,
                        TASKS_COMPLETED,
                        TASKS_FAILED,
                        TASKS_DEAD_LETTERED,
                        TASKS_REQUEUED,
                        TASKS_ORPHANED -> Shape.COUNT;
                case SEND_DELAY, QUEUE_TIME, SERVICE_TIME, RESPONSE_TIME -> Shape.SPREAD;
            };
            known.put(metric.label(), new Known(metric.label(), metric.unit(), shape, moreIsBetter(metric)));
        }
        // The targets name these already; a version that cannot measure one says so in the verdict.
        List.of(
                        new Known("time_to_best_s", "s", Shape.SINGLE, false),
                        new Known("cold_start_cpu_s", "s", Shape.SPREAD, false),
                        new Known("cold_start_gpu_s", "s", Shape.SPREAD, false),
                        new Known("tokens_per_percent_gain", "tokens", Shape.SINGLE, false),
                        new Known("idle_billable_cpu_h", "h", Shape.SINGLE, false),
                        new Known("idle_billable_gpu_h", "h", Shape.SINGLE, false),
                        new Known("recovery_s", "s", Shape.SPREAD, false),
                        new Known("best_speed_delta_percent", "%", Shape.SPREAD, false))
                .forEach(metric -> known.putIfAbsent(metric.name(), metric));
        return known;
    }
}
