package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.answerOf;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.StreamBroker;

/** Everything a run's deltas add up to, byte for byte. */
public record Totals(long entries, long tasks, long malformed, Blob ledger, Blob timings, Blob seconds) {

    static Totals of(RunAggregate aggregate, long malformed) {
        return new Totals(
                aggregate.entries(),
                aggregate.tasks(),
                aggregate.malformed() + malformed,
                new Blob(aggregate.ledger().encode()),
                new Blob(aggregate.timings().encode()),
                new Blob(aggregate.seconds().encode()));
    }

    /** What one pass over all entries yields, for every run, each event counted once. */
    public static Map<String, Totals> reference(List<Fields> events) {
        Map<String, RunAggregate> runs = new TreeMap<>();
        Map<String, Long> malformed = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (Fields fields : events) {
            RunAggregate run = runs.computeIfAbsent(fields.text("run").orElse("-"), first -> new RunAggregate());
            if (TaskEvents.decode(fields) instanceof Decoded.Known<TaskEvent>(TaskEvent event)) {
                if (seen.add(event.envelope().eventId())) {
                    run.fold(event);
                }
            } else {
                malformed.merge(fields.text("run").orElse("-"), 1L, Long::sum);
            }
        }
        return runs.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        run -> of(run.getValue(), malformed.getOrDefault(run.getKey(), 0L)),
                        (a, b) -> a,
                        TreeMap::new));
    }

    /** The deltas on the metrics stream, in order. */
    public static List<MetricsDelta> deltas(StreamBroker broker, String metrics) {
        return answerOf(broker.range(metrics, EntryId.MIN, EntryId.MAX, 1_000_000)).stream()
                .map(entry -> {
                    assertThat(MetricsDelta.decode(entry.fields())).isInstanceOf(Decoded.Known.class);
                    return ((Decoded.Known<MetricsDelta>) MetricsDelta.decode(entry.fields())).value();
                })
                .toList();
    }

    /** What the deltas on the metrics stream merge to, for every run. */
    public static Map<String, Totals> committed(StreamBroker broker, String metrics) {
        Map<String, RunAggregate> runs = new TreeMap<>();
        for (MetricsDelta delta : deltas(broker, metrics)) {
            assertThat(RunAggregate.ofDelta(delta)).isInstanceOf(Decoded.Known.class);
            runs.computeIfAbsent(delta.envelope().runId(), first -> new RunAggregate())
                    .merge(((Decoded.Known<RunAggregate>) RunAggregate.ofDelta(delta)).value());
        }
        return runs.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, run -> of(run.getValue(), 0), (a, b) -> a, TreeMap::new));
    }
}
