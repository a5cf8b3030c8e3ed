package peagen.bench.gatekeeper.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.gatekeeper.domain.RipeRun.Why;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.ledger.LedgerTotals;

/** A run on its way to a verdict. Not thread-safe. */
final class OpenRun {

    static final String NEVER_CLOSED = "the load generator never closed the run";

    private static final long SECOND = 1_000_000;
    private static final Envelope NOBODY = new Envelope("gatekeeper", 0, Envelope.NO_RUN, 0, 0);

    private final String runId;
    private final long openedMicros;
    private final RunAggregate aggregate = new RunAggregate();
    private @Nullable RunPlan plan;
    private @Nullable EntryId declaredAt;
    private @Nullable RunClosed closed;
    private @Nullable EntryId closedAt;
    private long closedMicros;
    private long heardMicros;
    private long lastDeltaMicros;
    private boolean stopAsked;

    OpenRun(String runId, long nowMicros) {
        this.runId = runId;
        this.openedMicros = nowMicros;
        this.heardMicros = nowMicros;
    }

    /** Takes the first declaration; answers whether this is it. */
    boolean declare(EntryId id, RunDeclared event) {
        if (declaredAt != null && declaredAt.compareTo(id) <= 0) {
            return false;
        }
        plan = event.plan();
        declaredAt = id;
        return true;
    }

    /** Takes the first end; answers whether this is it. */
    boolean close(EntryId id, RunClosed event, long nowMicros) {
        if (closedAt != null && closedAt.compareTo(id) <= 0) {
            return false;
        }
        closed = event;
        closedAt = id;
        closedMicros = nowMicros;
        return true;
    }

    /** Somebody asks for its end; answers whether it still goes on, so that this has to be remembered. */
    boolean askToStop() {
        stopAsked = true;
        return closed == null;
    }

    /** The run as it goes on, when it does and nobody has asked for its end. */
    Optional<GoingRun> going() {
        return Optional.ofNullable(plan)
                .filter(known -> closed == null && !stopAsked)
                .map(known -> new GoingRun(runId, known, aggregate, lastDeltaMicros));
    }

    void add(EntryId id, RunAggregate part, long nowMicros) {
        aggregate.merge(part);
        heardMicros = nowMicros;
        lastDeltaMicros = Math.max(lastDeltaMicros, id.millis() * 1000);
    }

    /** Adds entries that could not be read. */
    void addMalformed(long count) {
        aggregate.merge(malformed(count));
    }

    /** An aggregate of nothing but entries that could not be read. */
    static RunAggregate malformed(long count) {
        return RunAggregate.ofDelta(new RunAggregate().toDelta(NOBODY, 0, count))
                        instanceof Decoded.Known<RunAggregate>(RunAggregate counted)
                ? counted
                : new RunAggregate();
    }

    boolean isDeclared() {
        return plan != null;
    }

    boolean isClosed() {
        return closed != null;
    }

    /** Whether it was declared before an entry of {@code source} at {@code id}: what fails then may be this run's. */
    boolean wasOpenAt(Source source, EntryId id) {
        return declaredAt != null
                && (source == Source.CONTROL ? declaredAt.compareTo(id) < 0 : declaredAt.millis() <= id.millis());
    }

    /** Whether neither its declaration nor its end has come. */
    boolean isUndeclared() {
        return plan == null && closed == null;
    }

    /** Whether nothing but deltas ever came, and that a long time ago. */
    boolean isForgettable(long nowMicros, Patience patience) {
        return isUndeclared() && nowMicros - openedMicros >= patience.atMostMicros();
    }

    /** Makes up an end when nobody closed the run and it shows no sign of life any more. */
    private void expire(RunPlan known, long nowMicros, Patience patience) {
        long planEnd = known.startMicros() + known.totalSeconds() * SECOND;
        long deadline = Math.max(planEnd, lastDeltaMicros) + patience.toCloseMicros();
        if (nowMicros >= deadline) {
            long enqueued = aggregate.ledger().totals().reported();
            Envelope envelope = new Envelope(NOBODY.producer(), 0, runId, deadline, 0);
            closed = new RunClosed(envelope, Outcome.FAILED, NEVER_CLOSED, enqueued, 0);
            closedAt = EntryId.MAX;
            closedMicros = nowMicros;
        }
    }

    /**
     * The run when it is ready to be judged.
     *
     * @param quiet whether nothing is on its way to this run, as far as anybody can tell
     */
    Optional<RipeRun> ripe(long nowMicros, boolean quiet, Patience patience) {
        if (closed == null && plan != null) {
            expire(plan, nowMicros, patience);
        }
        RunClosed end = closed;
        if (end == null) {
            return Optional.empty();
        }
        LedgerTotals totals = aggregate.ledger().totals();
        boolean complete = totals.reported() == end.enqueued() && totals.unobserved() == 0;
        long silence = nowMicros - Math.max(heardMicros, closedMicros);
        // Without its declaration a run cannot be judged: that may still be with a gatekeeper that died.
        if (plan != null && complete) {
            return ripe(end, Why.COMPLETE);
        }
        if (plan != null && quiet && silence >= patience.settleMicros()) {
            return ripe(end, Why.SETTLED);
        }
        return nowMicros - closedMicros >= patience.atMostMicros()
                ? ripe(end, Why.WAITED_LONG_ENOUGH)
                : Optional.empty();
    }

    private Optional<RipeRun> ripe(RunClosed end, Why why) {
        EntryId since = Optional.ofNullable(declaredAt)
                .or(() -> Optional.ofNullable(closedAt))
                .orElse(EntryId.MIN);
        return Optional.of(new RipeRun(runId, Optional.ofNullable(plan), end, aggregate, why, since));
    }
}
