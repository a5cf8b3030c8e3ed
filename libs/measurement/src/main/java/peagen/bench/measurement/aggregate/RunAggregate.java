package peagen.bench.measurement.aggregate;

import java.util.List;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.measurement.ledger.Ledger;
import peagen.bench.measurement.rate.SecondCounters;
import peagen.bench.measurement.timing.Timings;

/**
 * Everything that a run is judged by, folded out of its task events. Aggregates of parts of a run {@link #merge} to that of the
 * run, in any order and any grouping, bit for bit. Mutable, for one thread.
 */
public final class RunAggregate {

    private final Ledger ledger;
    private final Timings timings;
    private final SecondCounters seconds;
    private final EventFold fold;
    private long entries;
    private long tasks;
    private long malformed;
    private long lagMaxEntries;
    private long clockUncertaintyMicros;

    /** An aggregate of nothing. */
    public RunAggregate() {
        this(new Ledger(), new Timings(), new SecondCounters());
    }

    private RunAggregate(Ledger ledger, Timings timings, SecondCounters seconds) {
        this.ledger = ledger;
        this.timings = timings;
        this.seconds = seconds;
        this.fold = new EventFold(ledger, timings, seconds);
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
        ledger.merge(other.ledger);
        timings.merge(other.timings);
        seconds.merge(other.seconds);
        entries += other.entries;
        tasks += other.tasks;
        malformed += other.malformed;
        lagMaxEntries = Math.max(lagMaxEntries, other.lagMaxEntries);
        clockUncertaintyMicros = Math.max(clockUncertaintyMicros, other.clockUncertaintyMicros);
    }

    /** Forgets everything. */
    public void reset() {
        ledger.reset();
        timings.reset();
        seconds.reset();
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
                new Blob(ledger.encode()),
                new Blob(timings.encode()),
                new Blob(seconds.encode()));
    }

    /** The aggregate that {@code delta} was made of; malformed when one of its encoded parts is. */
    public static Decoded<RunAggregate> ofDelta(MetricsDelta delta) {
        Decoded<Ledger> ledger = Ledger.decode(delta.ledger().bytes());
        Decoded<Timings> timings = Timings.decode(delta.timings().bytes());
        Decoded<SecondCounters> seconds = SecondCounters.decode(delta.seconds().bytes());
        if (ledger instanceof Decoded.Known<Ledger>(Ledger l)
                && timings instanceof Decoded.Known<Timings>(Timings t)
                && seconds instanceof Decoded.Known<SecondCounters>(SecondCounters s)) {
            RunAggregate aggregate = new RunAggregate(l, t, s);
            aggregate.entries = delta.entries();
            aggregate.tasks = delta.tasks();
            aggregate.malformed = delta.malformed();
            aggregate.lagMaxEntries = delta.lagEntries();
            aggregate.clockUncertaintyMicros = delta.clockUncertaintyMicros();
            return new Decoded.Known<>(aggregate);
        }
        return new Decoded.Malformed<>(List.of(ledger, timings, seconds).stream()
                .filter(part -> !(part instanceof Decoded.Known<?>))
                .map(Decoded::problem)
                .findFirst()
                .orElse("unreadable"));
    }

    /** What became of every task. */
    public Ledger ledger() {
        return ledger;
    }

    /** Send delay, queue, service and response times. */
    public Timings timings() {
        return timings;
    }

    /** Counts per second. */
    public SecondCounters seconds() {
        return seconds;
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
