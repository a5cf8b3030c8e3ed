package peagen.bench.measurement.marks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.event.FaultsMarked.FaultKind;

class RecoveriesTest {

    static final long START = 1_750_000_000_000_000L;
    private static final List<FaultKind> KINDS = List.of(FaultKind.values());

    private final Recoveries recoveries = new Recoveries();

    interface Step {
        void applyTo(Recoveries recoveries);
    }

    static List<Step> history(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            long sequence = random.nextInt(200);
            long number = random.nextInt(30);
            long micros = START + random.nextInt(1_000);
            int delivery = 2 + random.nextInt(3);
            FaultKind kind = KINDS.get(random.nextInt(KINDS.size()));
            steps.add(
                    switch (random.nextInt(4)) {
                        case 0 -> to -> to.orphaned(sequence, micros);
                        case 1 -> to -> to.ended(sequence, delivery, micros);
                        case 2 -> to -> to.fault(number, kind, micros, sequence);
                        default -> to -> to.fault(number, kind, micros);
                    });
        }
        return steps;
    }

    private static Recoveries recoveries(List<Step> steps, boolean small) {
        Recoveries recoveries = small ? new Recoveries(50, 10) : new Recoveries();
        steps.forEach(step -> step.applyTo(recoveries));
        return recoveries;
    }

    private List<String> tasks() {
        List<String> tasks = new ArrayList<>();
        recoveries.forEachTask((sequence, task) -> tasks.add("%d hit %s by %s, orphaned %s, ended %s at %s"
                .formatted(
                        sequence,
                        task.hitMicros(),
                        task.faultNumber(),
                        task.orphanedMicros(),
                        task.endedMicros(),
                        task.delivery())
                .replace("OptionalLong", "")
                .replace("OptionalInt", "")));
        return tasks;
    }

    @Test
    void theFirstLossAndTheFirstEndOfATaskAreKept() {
        recoveries.orphaned(7, 300);
        recoveries.orphaned(7, 200);
        recoveries.ended(7, 2, 900);
        recoveries.ended(7, 3, 950);
        recoveries.ended(3, 2, 100);
        assertThat(tasks())
                .containsExactly(
                        "3 hit .empty by .empty, orphaned .empty, ended [100] at [2]",
                        "7 hit .empty by .empty, orphaned [200], ended [900] at [3]");
        assertThat(recoveries.recoveriesMicros()).isEmpty();
        assertThat(recoveries).hasToString("Recoveries[2 tasks, 0 faults]");
    }

    @Test
    void aRecoveryTakesFromTheFirstFaultThatHitTheTaskToItsEnd() {
        recoveries.fault(5, FaultKind.KILL_WORKER, 1_000, 7);
        recoveries.fault(4, FaultKind.PAUSE, 1_000, 7);
        recoveries.fault(2, FaultKind.PARTITION, 1_500, 7);
        recoveries.ended(7, 2, 61_000);
        recoveries.fault(6, FaultKind.KILL_PROBE, 5_000, 8);
        recoveries.ended(8, 2, 4_000);
        recoveries.fault(6, FaultKind.KILL_PROBE, 5_000, 9);
        assertThat(tasks())
                .containsExactly(
                        "7 hit [1000] by [4], orphaned .empty, ended [61000] at [2]",
                        "8 hit [5000] by [6], orphaned .empty, ended [4000] at [2]",
                        "9 hit [5000] by [6], orphaned .empty, ended .empty at .empty");
        assertThat(recoveries.recoveriesMicros()).containsExactly(60_000L);
    }

    @Test
    void faultsAreKeptByTheirNumber() {
        recoveries.fault(2, FaultKind.OTHER, 90);
        recoveries.fault(1, FaultKind.KILL_WORKER, 50, 7);
        recoveries.fault(1, FaultKind.KILL_WORKER, 49, 8);
        List<String> faults = new ArrayList<>();
        recoveries.forEachFault((number, fault) -> faults.add(number + " " + fault));
        assertThat(faults)
                .containsExactly(
                        "1 MarkedFault[kind=KILL_WORKER, atMicros=49, marks=2]",
                        "2 MarkedFault[kind=OTHER, atMicros=90, marks=1]");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyGroupingInAnyOrderIsTheSinglePassBitForBit(long seed) {
        Random random = new Random(seed);
        boolean small = seed % 2 == 0;
        List<Step> steps = history(random);
        List<Recoveries> parts = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = Math.min(steps.size(), from + 1 + random.nextInt(200));
            parts.add(recoveries(steps.subList(from, to), small));
            from = to;
        }
        while (parts.size() > 1) {
            Recoveries part = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(part);
        }
        Recoveries whole = recoveries(steps, small);
        assertThat(parts.get(0).encode()).isEqualTo(whole.encode());
        assertThat(whole.unkeptTaskMarks() > 0).isEqualTo(small);
        assertThat(whole.unkeptFaultMarks() > 0).isEqualTo(small);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mergingIsCommutativeAndAssociativeAndLeavesTheOtherAlone(long seed) {
        Random random = new Random(seed);
        List<Step> a = history(random);
        List<Step> b = history(random);
        List<Step> c = history(random);
        assertThat(merged(recoveries(a, true), recoveries(b, true)))
                .isEqualTo(merged(recoveries(b, true), recoveries(a, true)));
        Recoveries last = recoveries(c, true);
        byte[] before = last.encode();
        Recoveries right = merged(recoveries(b, true), last);
        assertThat(merged(recoveries(a, true), right))
                .isEqualTo(merged(recoveries(a, true), recoveries(b, true), last))
                .hasSameHashCodeAs(merged(recoveries(a, true), right));
        assertThat(last.encode()).isEqualTo(before);
    }

    private static Recoveries merged(Recoveries first, Recoveries... others) {
        for (Recoveries other : others) {
            first.merge(other);
        }
        return first;
    }

    @Test
    void aResetLeavesNothing() {
        recoveries.fault(1, FaultKind.OTHER, 5, 7);
        assertThat(recoveries.isEmpty()).isFalse();
        recoveries.reset();
        assertThat(recoveries.isEmpty()).isTrue();
        assertThat(recoveries).isEqualTo(new Recoveries());
    }
}
