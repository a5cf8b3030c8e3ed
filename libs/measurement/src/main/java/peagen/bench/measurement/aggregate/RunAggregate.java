package peagen.bench.measurement.aggregate;

import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.measurement.evolution.Evolution;
import peagen.bench.measurement.ledger.Ledger;
import peagen.bench.measurement.rate.KindCounters;
import peagen.bench.measurement.rate.SecondCounters;
import peagen.bench.measurement.timing.Timings;

/**
 * Everything that a run is judged by, folded out of its task events. Aggregates of parts of a run {@link #merge} to that of the
 * run, in any order and any grouping, bit for bit. Mutable, for one thread.
 */
public final class RunAggregate {

    private final RunParts parts;
    private final EventFold fold;
    private long entries;
    private long tasks;
    private long malformed;
    private long lagMaxEntries;
    private long clockUncertaintyMicros;

    /** An aggregate of nothing. */
    public RunAggregate() {
        this(new RunParts());
    }

    private RunAggregate(RunParts parts) {
        this.parts = parts;
        this.fold = new EventFold(parts);
    }

    /** Adds one event entry. */
    public void fold(TaskEvent event) {
        fold.fold(event);
        entries++;
        tasks += event.size();
        clockUncertaintyMicros =
                Math.max(clockUncertaintyMicros, event.envelope().clockUncertaintyMicros());
    }

    /** Adds what was folded out of other entries of the same run; {@code other} is left as it was. */
    public void merge(RunAggregate other) {
        parts.merge(other.parts);
        entries += other.entries;
        tasks += other.tasks;
        malformed += other.malformed;
        lagMaxEntries = Math.max(lagMaxEntries, other.lagMaxEntries);
        clockUncertaintyMicros = Math.max(clockUncertaintyMicros, other.clockUncertaintyMicros);
    }

    /** Forgets everything. */
    public void reset() {
        parts.reset();
        entries = 0;
        tasks = 0;
        malformed = 0;
        lagMaxEntries = 0;
        clockUncertaintyMicros = 0;
    }

    /** Whether nothing was folded or merged, malformed entries included. */
    public boolean isEmpty() {
        return entries == 0 && malformed == 0;
    }

    /**
     * The aggregate as an event.
     *
     * @param lagEntries how many event entries are waiting
     * @param malformedEntries how many entries that could not be read were met meanwhile
     */
    public MetricsDelta toDelta(Envelope envelope, long lagEntries, long malformedEntries) {
        return new MetricsDelta(
                envelope,
                entries,
                tasks,
                malformed + malformedEntries,
                Math.max(lagMaxEntries, lagEntries),
                clockUncertaintyMicros,
                new Blob(parts.ledger().encode()),
                new Blob(parts.timings().encode()),
                new Blob(parts.seconds().encode()),
                RunParts.unlessEmpty(kinds().isEmpty(), kinds()::encode),
                RunParts.unlessEmpty(evolution().isEmpty(), evolution()::encode));
    }

    /** The aggregate that {@code delta} was made of; malformed when one of its encoded parts is. */
    public static Decoded<RunAggregate> ofDelta(MetricsDelta delta) {
        return RunParts.of(delta).map(parts -> {
            RunAggregate aggregate = new RunAggregate(parts);
            aggregate.entries = delta.entries();
            aggregate.tasks = delta.tasks();
            aggregate.malformed = delta.malformed();
            aggregate.lagMaxEntries = delta.lagEntries();
            aggregate.clockUncertaintyMicros = delta.clockUncertaintyMicros();
            return aggregate;
        });
    }

    /** What became of every task. */
    public Ledger ledger() {
        return parts.ledger();
    }

    /** Send delay, queue, service and response times. */
    public Timings timings() {
        return parts.timings();
    }

    /** Counts per second. */
    public SecondCounters seconds() {
        return parts.seconds();
    }

    /** Counts by task kind. */
    public KindCounters kinds() {
        return parts.kinds();
    }

    /** What results said about their candidates. */
    public Evolution evolution() {
        return parts.evolution();
    }

    /** How many event entries went in. */
    public long entries() {
        return entries;
    }

    /** How many task rows went in. */
    public long tasks() {
        return tasks;
    }

    /** How many entries could not be read. */
    public long malformed() {
        return malformed;
    }

    /** The most event entries that ever waited. */
    public long lagMaxEntries() {
        return lagMaxEntries;
    }

    /** The largest ± on any time of any event, µs. */
    public long clockUncertaintyMicros() {
        return clockUncertaintyMicros;
    }
}
