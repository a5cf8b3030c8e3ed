package peagen.bench.collector.domain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.rate.Counter;
import peagen.bench.measurement.rate.SecondCounters;
import peagen.bench.measurement.timing.TimingMetric;
import peagen.bench.measurement.timing.Timings;

/**
 * The raw record of one run: one JSON line for each second and series. A second's lines are written when it has been over for
 * {@value #SETTLE_SECONDS} s; what comes later still gets a further line, and lines of one second and series add up.
 *
 * <p>Counters belong to the second in which a task was sent or seen; durations to the second in which their delta was committed.
 * Not thread-safe.
 */
public final class RawLines {

    /** How long after its end a second's lines are held back for late events. */
    public static final int SETTLE_SECONDS = 3;

    private static final Phase[] PHASES = Phase.values();

    private final String runId;
    private final TreeMap<Long, Map<Counter, Long>> counters = new TreeMap<>();
    private final TreeMap<Long, Map<TimingMetric, Histogram>> durations = new TreeMap<>();
    private @Nullable RunPlan plan;

    /** The record of run {@code runId}, which must need no escaping in JSON. */
    public RawLines(String runId) {
        this.runId = runId;
    }

    /** The run's plan became known: lines name their phase from now on. */
    public void planned(RunPlan known) {
        plan = known;
    }

    /** Takes what one delta, committed in {@code second}, adds. */
    public void add(RunAggregate delta, long second) {
        SecondCounters seconds = delta.seconds();
        for (long counted : seconds.seconds()) {
            Map<Counter, Long> values = counters.computeIfAbsent(counted, ignored -> new EnumMap<>(Counter.class));
            for (Counter counter : Counter.values()) {
                values.merge(counter, seconds.get(counter, counted), Long::sum);
            }
        }
        Timings timings = delta.timings();
        for (TimingMetric metric : TimingMetric.values()) {
            for (Phase phase : PHASES) {
                Histogram histogram = timings.histogram(metric, phase);
                if (histogram.getTotalCount() > 0) {
                    durations
                            .computeIfAbsent(second, ignored -> new EnumMap<>(TimingMetric.class))
                            .merge(metric, histogram, RawLines::sum);
                }
            }
        }
    }

    private static Histogram sum(Histogram kept, Histogram added) {
        kept.add(added);
        return kept;
    }

    /** Whether every line was taken out. */
    public boolean isEmpty() {
        return counters.isEmpty() && durations.isEmpty();
    }

    /** Takes out the lines of every second before {@code before}, in order. */
    public List<String> linesBefore(long before) {
        NavigableSet<Long> settled = new TreeSet<>(counters.headMap(before).keySet());
        settled.addAll(durations.headMap(before).keySet());
        List<String> lines = new ArrayList<>();
        for (long second : settled) {
            Optional.ofNullable(counters.remove(second))
                    .ifPresent(
                            values -> values.forEach((counter, value) -> lines.add(line(second, key(counter), value))));
            Optional.ofNullable(durations.remove(second))
                    .ifPresent(values ->
                            values.forEach((metric, histogram) -> lines.add(line(second, metric.key(), histogram))));
        }
        return lines;
    }

    private String line(long second, String series, long value) {
        return head(second, series) + ",\"value\":" + value + "}";
    }

    private String line(long second, String series, Histogram histogram) {
        return head(second, series)
                + ",\"count\":" + histogram.getTotalCount()
                + ",\"p50Micros\":" + histogram.getValueAtPercentile(50)
                + ",\"p99Micros\":" + histogram.getValueAtPercentile(99)
                + ",\"maxMicros\":" + histogram.getMaxValue() + "}";
    }

    /** Put together by hand: a formatter would write the digits of the machine's language. */
    private String head(long second, String series) {
        return "{\"schemaVersion\":1,\"runId\":\"" + runId + "\",\"second\":" + second + ",\"phase\":\"" + phase(second)
                + "\",\"series\":\"" + series + "\"";
    }

    private String phase(long second) {
        RunPlan known = plan;
        if (known == null) {
            return "outside";
        }
        long into = second - known.startMicros() / 1_000_000;
        if (into < 0 || into >= known.totalSeconds()) {
            return "outside";
        }
        if (into < known.warmUpSeconds()) {
            return Phase.WARM_UP.label();
        }
        return into < known.warmUpSeconds() + known.steadySeconds() ? Phase.STEADY.label() : Phase.COOL_DOWN.label();
    }

    /** {@code DEAD_LETTERED} is {@code deadLettered}. */
    private static String key(Counter counter) {
        String[] words = counter.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder key = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            key.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return key.toString();
    }
}
