package peagen.bench.measurement.judging;

import java.time.Duration;
import java.util.Optional;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * Whether a run that still goes on can pass: a pure function. Only targets whose gate asks for it are looked at, and only what no
 * later second can mend: a maximum that is beyond its limit, a window that was too slow.
 */
public final class Outlook {

    /** So much of the latest past is left out: what happened then may not have been counted yet. */
    public static final Duration SETTLING = Duration.ofSeconds(5);

    private static final long MICROS = 1_000_000;

    private Outlook() {}

    /** Whether a target of {@code gate} may stop a run at all. */
    public static boolean mayStop(Gate gate) {
        return gate.targets().stream()
                .anyMatch(target -> target.terms().abortOnFail().isPresent());
    }

    /**
     * Why the run is to be stopped, in the words that {@link EarlyStop} reads again; empty when it may go on.
     *
     * @param soFar what was measured, complete but for the last {@link #SETTLING}
     * @param nowMicros on the server's clock
     */
    public static Optional<String> hopeless(Gate gate, RunPlan plan, RunAggregate soFar, long nowMicros) {
        long steady = (nowMicros - plan.startMicros()) / MICROS - plan.warmUpSeconds();
        int settled = (int) Math.min(plan.steadySeconds(), steady - SETTLING.toSeconds());
        if (steady >= plan.steadySeconds() || settled < 1) {
            return Optional.empty();
        }
        Envelope nobody = new Envelope("-", 0, Envelope.NO_RUN, nowMicros, 0);
        RunClosed unfinished = new RunClosed(
                nobody, Outcome.INTERRUPTED, "", soFar.ledger().totals().enqueued(), 0);
        return gate.targets().stream()
                .filter(target -> EarlyStop.decidesEarly(target.statistic()))
                .filter(target -> target.terms()
                        .abortOnFail()
                        .filter(delay -> delay.toSeconds() <= steady)
                        .isPresent())
                .flatMap(target -> {
                    EarlyStop stop = new EarlyStop(target.id(), settled);
                    Judgement judgement = TargetRules.judge(target, RunFacts.of(stop.until(plan), unfinished, soFar));
                    return Optional.of(judgement)
                            .filter(of -> of.asked() && of.state() == VerdictState.FAIL && of.observed() != null)
                            .map(of -> stop.reason(of.reason()))
                            .stream();
                })
                .findFirst();
    }
}
