package peagen.bench.measurement.judging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * That a run was stopped because a target of it could no longer be met. It stands in the reason for which the run was stopped, so
 * whoever judges the run needs nothing but the streams; and it is believed only when what was measured until then shows the same.
 *
 * @param targetId the target that was missed
 * @param seconds how much of the steady phase was looked at
 */
public record EarlyStop(String targetId, int seconds) {

    private static final long MICROS = 1_000_000;
    private static final Pattern REASON =
            Pattern.compile("(\\S{1,100}) can no longer be met after (\\d{1,6}) s of the steady phase: .*");

    /** The reason, as it goes onto the stream. */
    String reason(String why) {
        return "%s can no longer be met after %d s of the steady phase: %s".formatted(targetId, seconds, why);
    }

    private static Optional<EarlyStop> read(String reason) {
        Matcher words = REASON.matcher(reason);
        return words.matches()
                ? Optional.of(new EarlyStop(words.group(1), Integer.parseInt(words.group(2))))
                : Optional.empty();
    }

    /** Whether a target that looks at {@code statistic} can be missed for good before the run's end: extremes only get worse. */
    public static boolean decidesEarly(Statistic statistic) {
        return statistic instanceof Statistic.Max || statistic instanceof Statistic.MinWindow;
    }

    /** The stop that {@code closed} speaks of, when the run indeed fails what it names; empty for every other end. */
    static Optional<EarlyStop> of(Gate gate, RunPlan plan, RunClosed closed, RunAggregate run) {
        if (closed.outcome() != Outcome.INTERRUPTED) {
            return Optional.empty();
        }
        long lasted = (closed.envelope().occurredAtMicros() - plan.startMicros()) / MICROS - plan.warmUpSeconds();
        return read(closed.reason())
                .filter(stop -> stop.seconds <= Math.min(lasted, plan.steadySeconds()))
                .filter(stop -> stop.holds(gate, RunFacts.of(stop.until(plan), closed, run)));
    }

    private boolean holds(Gate gate, RunFacts facts) {
        return gate.targets().stream()
                .filter(target -> target.id().equals(targetId))
                .filter(target -> target.terms().abortOnFail().isPresent() && decidesEarly(target.statistic()))
                .map(target -> TargetRules.judge(target, facts))
                .anyMatch(judgement -> judgement.asked() && judgement.state() == VerdictState.FAIL);
    }

    /** {@code plan} with as much of its steady phase as was looked at, and nothing behind it. */
    RunPlan until(RunPlan plan) {
        return new RunPlan(
                plan.scenario(),
                plan.environment(),
                plan.profile(),
                plan.seed(),
                plan.scheduleHash(),
                plan.plannedTasks(),
                plan.startMicros(),
                plan.warmUpSeconds(),
                seconds,
                0,
                plan.load(),
                plan.sendDelayP99BoundMicros(),
                plan.measures(),
                plan.replication());
    }

    /** What a whole run might still have made good, or spoilt, is not decided: only what was missed for good is. */
    Judgement cutShort(Judgement judgement) {
        boolean decided = judgement.state() == VerdictState.PASS || judgement.state() == VerdictState.FAIL;
        boolean forGood = judgement.state() == VerdictState.FAIL
                && decidesEarly(judgement.target().statistic());
        return decided && !forGood
                ? judgement.as(
                        VerdictState.INCONCLUSIVE, "the run was stopped early; until then: " + judgement.reason())
                : judgement;
    }

    /** Why the run fails: the target that stopped it first, and that it was stopped. */
    List<Finding> findings(RunPlan plan, RunFacts facts, List<Judgement> judgements) {
        List<Finding> findings = new ArrayList<>(judgements.stream()
                .sorted(Comparator.comparing(
                        judgement -> !judgement.target().id().equals(targetId)))
                .flatMap(judgement -> RunRules.ofTarget(judgement).stream())
                .toList());
        long outstanding = facts.ledger().outstanding();
        Stream.of(
                        Optional.of("stopped early, after %d of %d s of the steady phase: %s could no longer be met"
                                .formatted(seconds, plan.steadySeconds(), targetId)),
                        Optional.of(HarnessRules.tasks(outstanding) + " outstanding when it was stopped")
                                .filter(words -> outstanding > 0))
                .flatMap(Optional::stream)
                .forEach(words -> findings.add(new Finding(VerdictState.INCONCLUSIVE, words)));
        return findings;
    }
}
