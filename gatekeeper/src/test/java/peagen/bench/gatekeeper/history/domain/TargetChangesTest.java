package peagen.bench.gatekeeper.history.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.FIRST;
import static peagen.bench.gatekeeper.history.domain.JudgedRuns.target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.verdict.VerdictState;

class TargetChangesTest {

    private static TargetPoint point(int day, VerdictState state, Double observed) {
        return new TargetPoint("night-" + day, FIRST.plus(Duration.ofDays(day)), state, target(state, observed));
    }

    /** 12 000 tasks/min with 1 % noise, from {@code change} on {@code level}. */
    private static List<TargetPoint> history(int nights, int change, double level) {
        SplittableRandom random = new SplittableRandom(11);
        return IntStream.range(0, nights)
                .mapToObj(day -> point(
                        day, VerdictState.PASS, (day < change ? 12_000 : level) * (1 + 0.01 * random.nextGaussian())))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"11000, false", "13000, true"})
    void aStepIsFoundWhereItHappened(double level, boolean better) {
        List<TargetChange> changes = TargetChanges.of(history(40, 25, level));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.runId()).isEqualTo("night-25");
            assertThat(change.start()).isEqualTo(FIRST.plus(Duration.ofDays(25)));
            assertThat(change.before()).isBetween(11_900.0, 12_100.0);
            assertThat(change.after()).isBetween(level - 100, level + 100);
            assertThat(change.better()).isEqualTo(better);
            assertThat(change.unit()).isEqualTo("tasks/min");
            assertThat(change.pValue()).isLessThanOrEqualTo(0.05);
        });
    }

    @Test
    void theOrderOfThePointsDoesNotMatter() {
        List<TargetPoint> shuffled = new ArrayList<>(history(40, 25, 11_000));
        Collections.shuffle(shuffled, new Random(3));

        assertThat(TargetChanges.of(shuffled)).isEqualTo(TargetChanges.of(history(40, 25, 11_000)));
    }

    @Test
    void aShortOrQuietHistoryHasNone() {
        assertThat(TargetChanges.of(List.of())).isEmpty();
        assertThat(TargetChanges.of(history(19, 9, 6_000))).isEmpty();
        assertThat(TargetChanges.of(history(40, 40, 0))).isEmpty();
    }

    @Test
    void invalidRunsAndOtherStatisticsAreLeftOut() {
        List<TargetPoint> mixed = new ArrayList<>(history(40, 25, 11_000));
        mixed.add(point(-1, VerdictState.INVALID, 1.0));
        mixed.add(new TargetPoint(
                "other",
                FIRST.minusSeconds(1),
                VerdictState.PASS,
                target(VerdictState.PASS, 1.0, "mean of something", null)));

        assertThat(TargetChanges.of(mixed)).isEqualTo(TargetChanges.of(history(40, 25, 11_000)));
    }

    /** Nights differ, replicates of one night hardly do: five of each are no five nights. */
    @Test
    void replicatesOfOneNightAreOneValue() {
        SplittableRandom random = new SplittableRandom(5);
        List<TargetPoint> replicates = new ArrayList<>();
        for (int night = 0; night < 12; night++) {
            double level = 12_000 * (1 + 0.05 * random.nextGaussian());
            for (int number = 1; number <= 5; number++) {
                replicates.add(new TargetPoint(
                        "night-" + night + "-" + number,
                        FIRST.plus(Duration.ofDays(night)).plusSeconds(number),
                        VerdictState.PASS,
                        target(VerdictState.PASS, level * (1 + 0.001 * random.nextGaussian()))));
            }
        }

        assertThat(TargetChanges.of(replicates)).isNotEmpty();
        assertThat(TargetChanges.of(replicates, id -> id.substring(0, id.lastIndexOf('-'))))
                .isEmpty();
    }
}
