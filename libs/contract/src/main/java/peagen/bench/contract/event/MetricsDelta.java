package peagen.bench.contract.event;

import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.entry.Fields;

/**
 * What one collector folded out of some event entries of one run, on {@code bench.metrics}. Deltas of a run merge to its
 * totals in any order; each event entry is in exactly one of them. A part that deltas did not always have is not written while
 * it is empty, and read as empty where it is not there.
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
 * @param kinds encoded {@code KindCounters} of the measurement library, or {@link #NO_PART}
 * @param evolution encoded {@code Evolution} of the measurement library, or {@link #NO_PART}
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
        Blob seconds,
        Blob kinds,
        Blob evolution) {

    /** Stands for a part of which there is nothing. */
    public static final Blob NO_PART = new Blob(new byte[0]);

    static final String TYPE = "metrics.delta";

    /** A delta of the parts that every delta has. */
    public MetricsDelta(
            Envelope envelope,
            long entries,
            long tasks,
            long malformed,
            long lagEntries,
            long clockUncertaintyMicros,
            Blob ledger,
            Blob timings,
            Blob seconds) {
        this(
                envelope,
                entries,
                tasks,
                malformed,
                lagEntries,
                clockUncertaintyMicros,
                ledger,
                timings,
                seconds,
                NO_PART,
                NO_PART);
    }

    /** The entry for this delta. */
    public Fields encode() {
        Fields.Builder fields = EventFields.start(TYPE, envelope)
                .put("entries", entries)
                .put("tasks", tasks)
                .put("malformed", malformed)
                .put("lag_entries", lagEntries)
                .put("max_clock_uncertainty_us", clockUncertaintyMicros)
                .put("ledger", ledger.bytes())
                .put("timings", timings.bytes())
                .put("seconds", seconds.bytes());
        EventFields.putUnlessEmpty(fields, "kinds", kinds);
        EventFields.putUnlessEmpty(fields, "evolution", evolution);
        return fields.build();
    }

    /** Reads an entry of {@code bench.metrics}; the encoded parts are checked by the measurement library. */
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
                                new Blob(in.bytes("seconds")),
                                in.blobOrEmpty("kinds"),
                                in.blobOrEmpty("evolution")))
                        : Optional.empty());
    }

    @Override
    public String toString() {
        return "MetricsDelta[%s, run %s, %d entries, %d tasks]"
                .formatted(envelope.eventId(), envelope.runId(), entries, tasks);
    }
}
