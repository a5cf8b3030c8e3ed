package peagen.bench.measurement.judging;

import java.util.OptionalDouble;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.ledger.LedgerTotals;
import peagen.bench.measurement.rate.Counter;
import peagen.bench.measurement.rate.Windows;
import peagen.bench.measurement.timing.Quantiles;
import peagen.bench.measurement.timing.TimingMetric;

/** What the rules look at, the derived figures computed once. */
record RunFacts(RunPlan plan, RunClosed closed, RunAggregate run, LedgerTotals ledger, Quantiles sendDelay) {

    private static final long MICROS = 1_000_000;

    static RunFacts of(RunPlan plan, RunClosed closed, RunAggregate run) {
        return new RunFacts(
                plan,
                closed,
                run,
                run.ledger().totals(),
                run.timings().quantiles(TimingMetric.SEND_DELAY, Phase.STEADY));
    }

    boolean open() {
        return plan.load() == RunPlan.Load.OPEN;
    }

    int seconds(Phase phase) {
        return switch (phase) {
            case WARM_UP -> plan.warmUpSeconds();
            case STEADY -> plan.steadySeconds();
            case COOL_DOWN -> plan.coolDownSeconds();
        };
    }

    /** The first Unix second that lies in the phase as a whole. */
    private long from(Phase phase) {
        int before = switch (phase) {
            case WARM_UP -> 0;
            case STEADY -> plan.warmUpSeconds();
            case COOL_DOWN -> plan.warmUpSeconds() + plan.steadySeconds();
        };
        return Math.ceilDiv(plan.startMicros(), MICROS) + before;
    }

    /** Acknowledged tasks per minute in the slowest window; empty when the phase is shorter than one. */
    OptionalDouble minimumPerMinute(Phase phase, int windowSeconds) {
        return Windows.minimumPerMinute(run.seconds(), from(phase), from(phase) + seconds(phase), windowSeconds);
    }

    /** Acknowledged tasks per minute over the phase; empty when it has no length. */
    OptionalDouble meanPerMinute(Phase phase) {
        return Windows.meanPerMinute(run.seconds(), from(phase), from(phase) + seconds(phase));
    }

    /** Tasks acknowledged in the phase. */
    long acknowledged(Phase phase) {
        return Windows.acknowledged(run.seconds(), from(phase), from(phase) + seconds(phase));
    }

    /** How often something happened in the phase. */
    long count(Counter counter, Phase phase) {
        return Windows.total(run.seconds(), counter, from(phase), from(phase) + seconds(phase));
    }

    /** How far a span between the clocks of two processes may be off, µs: each may be off by the largest uncertainty. */
    long spanUncertaintyMicros() {
        return 2 * run.clockUncertaintyMicros();
    }
}
