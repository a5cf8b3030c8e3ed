package peagen.bench.measurement.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.event.TaskEvent.Observation;

/** The laws of merging, over random histories. */
class LedgerMergeTest {

    private static final Observation[] OBSERVATIONS = Observation.values();

    private interface Step {
        void applyTo(Ledger ledger);
    }

    private static List<Step> history(Random random) {
        int tasks = 1 + random.nextInt(20_000);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long sequence = random.nextInt(4) == 0 ? random.nextInt() & 0xffff_ffffL : random.nextInt(tasks);
            int what = random.nextInt(OBSERVATIONS.length + 3);
            if (what < OBSERVATIONS.length) {
                steps.add(ledger -> ledger.observed(OBSERVATIONS[what], sequence));
            } else if (what == OBSERVATIONS.length) {
                steps.add(ledger -> ledger.stillInStream(sequence));
            } else {
                steps.add(ledger -> ledger.enqueued(sequence));
            }
        }
        return steps;
    }

    private static Ledger ledger(List<Step> steps) {
        Ledger ledger = new Ledger();
        steps.forEach(step -> step.applyTo(ledger));
        return ledger;
    }

    private static Ledger merged(Ledger... parts) {
        Ledger sum = new Ledger();
        for (Ledger part : parts) {
            sum.merge(part);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyGroupingInAnyOrderIsTheSinglePassBitForBit(long seed) {
        Random random = new Random(seed);
        List<Step> steps = history(random);
        Ledger whole = ledger(steps);
        Collections.shuffle(steps, random);
        List<Ledger> parts = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = Math.min(steps.size(), from + 1 + random.nextInt(3_000));
            parts.add(ledger(steps.subList(from, to)));
            from = to;
        }
        while (parts.size() > 1) {
            Ledger part = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(part);
        }
        assertThat(parts.get(0)).isEqualTo(whole);
        assertThat(parts.get(0).encode()).isEqualTo(whole.encode());
        assertThat(parts.get(0).totals()).isEqualTo(whole.totals());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void mergingIsCommutativeAndAssociativeAndLeavesTheOtherAlone(long seed) {
        Random random = new Random(seed);
        Ledger a = ledger(history(random));
        Ledger b = ledger(history(random));
        Ledger c = ledger(history(random));
        byte[] before = b.encode();
        assertThat(merged(a, b)).isEqualTo(merged(b, a));
        assertThat(merged(merged(a, b), c)).isEqualTo(merged(a, merged(b, c)));
        assertThat(merged(a, new Ledger())).isEqualTo(a);
        assertThat(b.encode()).isEqualTo(before);
    }

    /** However the executions of a task are spread over parts, and whatever else was seen of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void duplicatesAreTheTasksWithMoreThanOneExecution(long seed) {
        Random random = new Random(seed);
        Ledger[] parts = {new Ledger(), new Ledger(), new Ledger()};
        int[] executions = new int[500];
        for (int i = 0; i < 1_000; i++) {
            int task = random.nextInt(executions.length);
            Observation seen = OBSERVATIONS[random.nextInt(OBSERVATIONS.length)];
            parts[random.nextInt(parts.length)].observed(seen, task);
            executions[task] += seen == Observation.EXECUTED ? 1 : 0;
        }
        assertThat(merged(parts).totals().duplicates())
                .isEqualTo(Arrays.stream(executions).filter(times -> times > 1).count());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyEnqueuedTaskIsInExactlyOnePlace(long seed) {
        LedgerTotals totals = ledger(history(new Random(seed))).totals();
        assertThat(totals.completed() + totals.failed() + totals.deadLettered() + totals.outstanding())
                .isEqualTo(totals.enqueued());
        assertThat(totals.unobserved()).isLessThanOrEqualTo(totals.outstanding());
        assertThat(totals.reported() + totals.unexpected()).isEqualTo(totals.enqueued());
        assertThat(totals.closes()).isEqualTo(totals.unobserved() == 0);
    }
}
