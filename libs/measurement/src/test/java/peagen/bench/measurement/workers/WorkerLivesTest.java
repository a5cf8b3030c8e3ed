package peagen.bench.measurement.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.event.WorkersSeen.Moment;

class WorkerLivesTest {

    static final long START = 1_750_000_000_000_000L;
    private static final List<Moment> MOMENTS = List.of(Moment.values());
    private static final List<String> CLASSES = List.of("", "cpu", "gpu");

    private final WorkerLives lives = new WorkerLives();

    private WorkerLife life(String worker) {
        Map<String, WorkerLife> all = new HashMap<>();
        lives.forEach(all::put);
        return all.getOrDefault(worker, WorkerLife.of("", Moment.STOPPED, 0));
    }

    interface Step {
        void applyTo(WorkerLives lives);
    }

    static List<Step> history(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String worker = "worker-" + Integer.toHexString(random.nextInt(60));
            String workerClass = CLASSES.get(random.nextInt(3));
            Moment moment = MOMENTS.get(random.nextInt(3));
            long micros = START + random.nextInt(100_000_000);
            steps.add(to -> to.seen(worker, workerClass, moment, micros));
        }
        return steps;
    }

    private static WorkerLives lives(List<Step> steps, int limit) {
        WorkerLives lives = new WorkerLives(limit);
        steps.forEach(step -> step.applyTo(lives));
        return lives;
    }

    @Test
    void aWorkersTimesAreKeptUnderItsName() {
        lives.seen("a", "cpu", Moment.STARTED, START);
        lives.seen("a", "cpu", Moment.FIRST_CLAIM, START + 2_500_000);
        lives.seen("a", "cpu", Moment.STOPPED, START + 9_000_000);
        WorkerLife life = life("a");
        assertThat(life.workerClass()).isEqualTo("cpu");
        assertThat(life.startedMicros()).hasValue(START);
        assertThat(life.firstClaimMicros()).hasValue(START + 2_500_000);
        assertThat(life.stoppedMicros()).hasValue(START + 9_000_000);
        assertThat(life.lives()).isEqualTo(1);
        assertThat(lives.coldStartsMicros()).containsExactly(2_500_000L);
        assertThat(lives.livesMicros()).containsExactly(9_000_000L);
        assertThat(lives).hasToString("WorkerLives[1 workers, 0 unkept]");
    }

    @Test
    void aWorkerThatWasStartedAgainKeepsTheFirstStartAndTheLastEnd() {
        for (int life = 0; life < 3; life++) {
            long from = START + (2 - life) * 10_000_000L;
            lives.seen("a", "", Moment.STARTED, from);
            lives.seen("a", life == 1 ? "gpu" : "", Moment.FIRST_CLAIM, from + 1_000);
            lives.seen("a", "", Moment.STOPPED, from + 5_000_000);
        }
        assertThat(life("a").lives()).isEqualTo(3);
        assertThat(life("a").workerClass()).isEqualTo("gpu");
        assertThat(lives.coldStartsMicros()).containsExactly(1_000L);
        assertThat(lives.livesMicros()).containsExactly(25_000_000L);
    }

    @Test
    void durationsOfWhichOneEndIsUnknownOrThatRunBackwardsAreNone() {
        lives.seen("a", "", Moment.FIRST_CLAIM, START);
        lives.seen("b", "", Moment.STARTED, START);
        lives.seen("c", "", Moment.STARTED, START);
        lives.seen("c", "", Moment.FIRST_CLAIM, START - 1);
        lives.seen("d", "", Moment.STARTED, START);
        lives.seen("d", "", Moment.FIRST_CLAIM, START);
        lives.seen("e", "", Moment.STOPPED, START);
        assertThat(lives.coldStartsMicros()).containsExactly(0L);
        assertThat(lives.livesMicros()).isEmpty();
        assertThat(life("a").startedMicros()).isEmpty();
        assertThat(life("b").firstClaimMicros()).isEmpty();
        assertThat(life("b").stoppedMicros()).isEmpty();
        assertThat(life("e").lives()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyGroupingInAnyOrderIsTheSinglePassBitForBit(long seed) {
        Random random = new Random(seed);
        int limit = seed % 2 == 0 ? 20 : WorkerLives.MAX_WORKERS;
        List<Step> steps = history(random);
        List<WorkerLives> parts = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = Math.min(steps.size(), from + 1 + random.nextInt(150));
            parts.add(lives(steps.subList(from, to), limit));
            from = to;
        }
        while (parts.size() > 1) {
            WorkerLives part = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(part);
        }
        WorkerLives whole = lives(steps, limit);
        assertThat(parts.get(0).encode()).isEqualTo(whole.encode());
        assertThat(whole.unkept() > 0).isEqualTo(limit == 20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mergingIsCommutativeAndAssociativeAndLeavesTheOtherAlone(long seed) {
        Random random = new Random(seed);
        List<Step> a = history(random);
        List<Step> b = history(random);
        List<Step> c = history(random);
        assertThat(merged(lives(a, 30), lives(b, 30))).isEqualTo(merged(lives(b, 30), lives(a, 30)));
        WorkerLives right = lives(b, 30);
        byte[] before = lives(c, 30).encode();
        WorkerLives last = lives(c, 30);
        right.merge(last);
        assertThat(merged(lives(a, 30), right))
                .isEqualTo(merged(lives(a, 30), lives(b, 30), last))
                .hasSameHashCodeAs(merged(lives(a, 30), right));
        assertThat(last.encode()).isEqualTo(before);
    }

    private static WorkerLives merged(WorkerLives first, WorkerLives... others) {
        for (WorkerLives other : others) {
            first.merge(other);
        }
        return first;
    }

    @Test
    void aResetLeavesNothing() {
        lives.seen("a", "cpu", Moment.STARTED, START);
        assertThat(lives.isEmpty()).isFalse();
        lives.reset();
        assertThat(lives.isEmpty()).isTrue();
        assertThat(lives).isEqualTo(new WorkerLives());
    }
}
