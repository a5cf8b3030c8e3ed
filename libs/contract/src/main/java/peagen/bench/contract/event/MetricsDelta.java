package peagen.bench.contract.event;

import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.Fields;

/**
 * What one collector folded out of some event entries of one run, on {@code bench.metrics}. Deltas of a run merge to its
 * totals in any order; each event entry is in exactly one of them.
 *
 * @param envelope common to all events
 * @param entries how many event entries went into it
 * @param tasks how many task rows went into it
 * @param malformed how many entries that could not be read were met meanwhile
 * @param lagEntries how many event entries were waiting when it was written
 * @param clockUncertaintyMicros the largest uncertainty of any event in it
 * @param ledger encoded {@code Ledger} of the measurement library
 * @param timings encoded {@code Timings} of the measurement library
 * @param seconds encoded {@code SecondCounters} of the measurement library
 */
public record MetricsDelta(
        Envelope envelope,
        long entries,
        long tasks,
        long malformed,
        long lagEntries,
        long clockUncertaintyMicros,
        Blob ledger,
        Blob timings,
        Blob seconds) {

    static final String TYPE = "metrics.delta";

    /** The entry for this delta. */
    public Fields encode() {
        return EventFields.start(TYPE, envelope)
                .put("entries", entries)
                .put("tasks", tasks)
                .put("malformed", malformed)
                .put("lag_entries", lagEntries)
                .put("max_clock_uncertainty_us", clockUncertaintyMicros)
                .put("ledger", ledger.bytes())
                .put("timings", timings.bytes())
                .put("seconds", seconds.bytes())
                .build();
    }

    /** Reads an entry of {@code bench.metrics}; the three encoded parts are checked by the measurement library. */
    public static Decoded<MetricsDelta> decode(Fields fields) {
        return EventFields.read(
                fields,
                in -> in.type().equals(TYPE)
                        ? Optional.of(new MetricsDelta(
                                in.envelope(),
                                in.count("entries"),
                                in.count("tasks"),
                                in.count("malformed"),
                                in.count("lag_entries"),
                                in.count("max_clock_uncertainty_us"),
                                new Blob(in.bytes("ledger")),
                                new Blob(in.bytes("timings")),
                                new Blob(in.bytes("seconds"))))
                        : Optional.empty());
    }

    @Override
    public String toString() {
        return "MetricsDelta[%s, run %s, %d entries, %d tasks]"
                .formatted(envelope.eventId(), envelope.runId(), entries, tasks);
    }
}
