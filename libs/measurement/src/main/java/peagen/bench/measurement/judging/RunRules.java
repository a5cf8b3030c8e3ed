package peagen.bench.measurement.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.notation.Notation;

/** The rules under which a sound run comes out, beyond what its targets say one by one. */
final class RunRules {

    private RunRules() {}

    static List<Finding> findings(RunFacts facts, List<Judgement> judgements) {
        List<Finding> findings = new ArrayList<>();
        nothingIsLost(facts).ifPresent(findings::add);
        judgements.forEach(judgement -> ofTarget(judgement).ifPresent(findings::add));
        somethingPassed(judgements).ifPresent(findings::add);
        return findings;
    }

    /** After the drain every enqueued task has ended, or the run fails whatever its rate. */
    static Optional<Finding> nothingIsLost(RunFacts facts) {
        long outstanding = facts.ledger().outstanding();
        return outstanding == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        VerdictState.FAIL,
                        HarnessRules.tasks(outstanding)
                                + " outstanding after the drain: enqueued, and not seen to end"));
    }

    /** A target that the scenario set out to measure decides; one that it did not has nothing to say. */
    static Optional<Finding> ofTarget(Judgement judgement) {
        if (!judgement.asked()) {
            return Optional.empty();
        }
        VerdictState state =
                judgement.state() == VerdictState.NOT_MEASURED ? VerdictState.INCONCLUSIVE : judgement.state();
        String prefix = judgement.state() == VerdictState.NOT_MEASURED ? Missed.WORDS : ": ";
        return Optional.of(new Finding(state, judgement.target().id() + prefix + judgement.reason()));
    }

    /** No data is never a pass. */
    static Optional<Finding> somethingPassed(List<Judgement> judgements) {
        boolean measured = judgements.stream().anyMatch(judgement -> judgement.observed() != null);
        return measured
                ? Optional.empty()
                : Optional.of(
                        new Finding(VerdictState.INCONCLUSIVE, "no target was measured, and no data is never a pass"));
    }

    /** How targets came out against earlier runs, where that decided nothing. */
    static List<String> comparisons(List<Judgement> judgements) {
        return judgements.stream()
                .filter(Judgement::comparisonIsANote)
                .flatMap(judged -> Optional.ofNullable(judged.regression())
                        .map(comparison -> judged.target().id() + ": " + comparison.reason())
                        .stream())
                .toList();
    }

    /** What does not change the state but has to be read with it. */
    static List<String> notes(Gate gate, RunFacts facts) {
        List<String> notes = new ArrayList<>();
        note(
                notes,
                "entries that could not be read, now on the quarantine stream",
                facts.run().malformed());
        note(notes, "tasks executed to an end more than once", facts.ledger().duplicates());
        note(notes, "tasks reported enqueued more than once", facts.ledger().enqueuedTwice());
        note(
                notes,
                "durations of more than one hour, counted as one hour",
                facts.run().timings().outOfRange());
        note(
                notes,
                "negative durations, because clocks differ, counted as 0",
                facts.run().timings().negative());
        if (gate.provesChainOnly()) {
            notes.add("gate " + gate.name() + " proves the chain, not the target");
        }
        return notes;
    }

    private static void note(List<String> notes, String what, long count) {
        if (count > 0) {
            notes.add(what + ": " + Notation.number(count));
        }
    }
}
