package peagen.bench.measurement.judging;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.measurement.notation.Notation;

/** The rules under which the harness itself broke: nothing that such a run measured can be trusted. */
final class HarnessRules {

    private HarnessRules() {}

    /**
     * What broke.
     *
     * @param stoppedForGood whether the run was stopped because of what it showed
     */
    static List<Finding> findings(RunFacts facts, boolean stoppedForGood) {
        return Stream.of(
                        stoppedForGood ? Optional.<Finding>empty() : ranToItsEnd(facts),
                        theWholeScheduleWasSent(facts),
                        generatorKeptItsSchedule(facts),
                        everyEndWasObserved(facts),
                        everyTaskWasReportedEnqueued(facts),
                        ledgerAgreesWithTheGenerator(facts),
                        spansAgreeWithTheClocks(facts))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Only a run whose whole schedule was sent is judged. */
    static Optional<Finding> ranToItsEnd(RunFacts facts) {
        return invalidWhen(
                facts.closed().outcome() != Outcome.COMPLETED,
                facts.closed().outcome().label() + ": " + facts.closed().reason());
    }

    /** A generator that says it is done must have sent every task of an open schedule, and none beside it. */
    static Optional<Finding> theWholeScheduleWasSent(RunFacts facts) {
        long planned = facts.plan().plannedTasks();
        long sent = facts.closed().enqueued();
        return invalidWhen(
                facts.open() && facts.closed().outcome() == Outcome.COMPLETED && sent != planned,
                "the schedule holds %s, the load generator enqueued %s"
                        .formatted(tasks(planned), Notation.number(sent)));
    }

    /** Under open load the generator must follow its schedule: the p99 of the send delay in the steady phase is bounded. */
    static Optional<Finding> generatorKeptItsSchedule(RunFacts facts) {
        long bound = facts.plan().sendDelayP99BoundMicros();
        return invalidWhen(
                facts.open() && facts.sendDelay().p99() > bound,
                "the load generator fell behind its schedule: p99 of the send delay %s µs, bound %s µs"
                        .formatted(Notation.number(facts.sendDelay().p99()), Notation.number(bound)));
    }

    /** A task that has left the task stream must have been seen to end. */
    static Optional<Finding> everyEndWasObserved(RunFacts facts) {
        long unobserved = facts.ledger().unobserved();
        return invalidWhen(
                unobserved > 0,
                "%s unobserved: gone from the task stream, and no probe saw the end".formatted(tasks(unobserved)));
    }

    /**
     * Nothing may be seen of a task that nobody reported enqueued. Such a task counts as enqueued and may well have ended, but
     * its intended start is unknown, and so is how many more there are that nothing was seen of.
     */
    static Optional<Finding> everyTaskWasReportedEnqueued(RunFacts facts) {
        long unexpected = facts.ledger().unexpected();
        return invalidWhen(
                unexpected > 0,
                tasks(unexpected)
                        + " observed that nobody reported enqueued: the load generator was cut off, or its events were lost");
    }

    /** The load generator's own count at the close must be that of its events. */
    static Optional<Finding> ledgerAgreesWithTheGenerator(RunFacts facts) {
        long inLedger = facts.ledger().reported();
        long atClose = facts.closed().enqueued();
        return invalidWhen(
                inLedger != atClose,
                "the ledger holds %s, the load generator enqueued %s"
                        .formatted(tasks(inLedger), Notation.number(atClose)));
    }

    /**
     * A span may be negative by as much as two clocks can be off, twice the run's largest uncertainty. One more negative than
     * that says that the clocks, or the probes, are wrong.
     */
    static Optional<Finding> spansAgreeWithTheClocks(RunFacts facts) {
        long deepest = facts.run().timings().deepestNegativeMicros();
        return invalidWhen(
                deepest > facts.spanUncertaintyMicros(),
                "negative durations: %s, the worst by %s µs, and the clocks explain ± %s µs only"
                        .formatted(
                                Notation.number(facts.run().timings().negative()),
                                Notation.number(deepest),
                                Notation.number(facts.spanUncertaintyMicros())));
    }

    static String tasks(long count) {
        return Notation.number(count) + (count == 1 ? " task" : " tasks");
    }

    private static Optional<Finding> invalidWhen(boolean broken, String reason) {
        return broken ? Optional.of(new Finding(VerdictState.INVALID, reason)) : Optional.empty();
    }
}
