package peagen.bench.measurement.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.measurement.wire.WireWriter;

class EvolutionTest {

    private static final long SECOND = 1_750_000_000L;
    private static final long START = SECOND * 1_000_000;
    private static final long NONE = ResultsMeasured.NOT_SAID;

    private final Evolution evolution = new Evolution();

    private interface Step {
        void applyTo(Evolution evolution);
    }

    private static List<Step> history(Random random) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            long seen = START + random.nextInt(100_000_000);
            long speed = saidOrNot(random, 500);
            long memory = saidOrNot(random, 100_000);
            long prompt = random.nextInt(500) == 0 ? Long.MAX_VALUE - 3 : saidOrNot(random, 4_000);
            long completion = saidOrNot(random, 900);
            steps.add(to -> to.add(seen, speed, memory, prompt, completion));
        }
        return steps;
    }

    private static long saidOrNot(Random random, int bound) {
        return random.nextInt(4) == 0 ? NONE : random.nextInt(bound);
    }

    private static Evolution evolution(List<Step> steps) {
        Evolution evolution = new Evolution();
        steps.forEach(step -> step.applyTo(evolution));
        return evolution;
    }

    private static Evolution merged(Evolution... parts) {
        Evolution sum = new Evolution();
        for (Evolution part : parts) {
            sum.merge(part);
        }
        return sum;
    }

    private List<String> seconds() {
        List<String> seconds = new ArrayList<>();
        evolution.forEach((second, seen) -> seconds.add("%d: %d results, %d + %d tokens, %s"
                .formatted(
                        second - SECOND,
                        seen.results(),
                        seen.promptTokens(),
                        seen.completionTokens(),
                        seen.bestSpeedMicros())));
        return seconds;
    }

    @Test
    void resultsCountByTheSecondInWhichTheyWereSeen() {
        evolution.add(START + 5, 900, 2_000, 100, 10);
        evolution.add(START + 6, 700, 3_000, 200, 20);
        evolution.add(START + 7, 800, 1_000, 300, 30);
        evolution.add(START + 2_000_000, 750, 1_500, 400, 40);
        assertThat(seconds())
                .containsExactly(
                        "0: 3 results, 600 + 60 tokens, OptionalLong[700]",
                        "2: 1 results, 400 + 40 tokens, OptionalLong[750]");
        assertThat(evolution.results()).isEqualTo(4);
        assertThat(evolution.promptTokens()).isEqualTo(1_000);
        assertThat(evolution.completionTokens()).isEqualTo(100);
        assertThat(evolution.best()).contains(new Evolution.Best(700, START + 6));
        assertThat(evolution.peakMemoryKibibytes()).hasValue(3_000);
    }

    @Test
    void whatAResultDidNotSayCountsForNothing() {
        evolution.add(START, NONE, NONE, NONE, NONE);
        assertThat(seconds()).containsExactly("0: 1 results, 0 + 0 tokens, OptionalLong.empty");
        assertThat(evolution.best()).isEmpty();
        assertThat(evolution.peakMemoryKibibytes()).isEmpty();
        evolution.add(START, 0, 0, NONE, 7);
        assertThat(seconds()).containsExactly("0: 2 results, 0 + 7 tokens, OptionalLong[0]");
        assertThat(evolution.best()).contains(new Evolution.Best(0, START));
        assertThat(evolution.peakMemoryKibibytes()).hasValue(0);
    }

    @Test
    void theBestSpeedKeepsTheEarliestTimeAtWhichItWasSeen() {
        evolution.add(START + 9, 700, NONE, NONE, NONE);
        evolution.add(START + 4, 700, NONE, NONE, NONE);
        evolution.add(START + 6, 700, NONE, NONE, NONE);
        evolution.add(START + 1, 701, NONE, NONE, NONE);
        assertThat(evolution.best()).contains(new Evolution.Best(700, START + 4));
    }

    @Test
    void sumsEndAtTheLargestNumber() {
        evolution.add(START, NONE, NONE, Long.MAX_VALUE, 1);
        evolution.add(START, NONE, NONE, Long.MAX_VALUE, 1);
        evolution.add(START + 1_000_000, NONE, NONE, 5, 1);
        assertThat(evolution.promptTokens()).isEqualTo(Long.MAX_VALUE);
        assertThat(Evolution.decode(evolution.encode())).isEqualTo(new Decoded.Known<>(evolution));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyGroupingInAnyOrderIsTheSinglePassBitForBit(long seed) {
        Random random = new Random(seed);
        List<Step> steps = history(random);
        List<Evolution> parts = new ArrayList<>();
        for (int from = 0; from < steps.size(); ) {
            int to = Math.min(steps.size(), from + 1 + random.nextInt(500));
            parts.add(evolution(steps.subList(from, to)));
            from = to;
        }
        while (parts.size() > 1) {
            Evolution part = parts.remove(random.nextInt(parts.size()));
            parts.get(random.nextInt(parts.size())).merge(part);
        }
        assertThat(parts.get(0).encode()).isEqualTo(evolution(steps).encode());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mergingIsCommutativeAndAssociativeAndLeavesTheOtherAlone(long seed) {
        Random random = new Random(seed);
        Evolution a = evolution(history(random));
        Evolution b = evolution(history(random));
        Evolution c = evolution(history(random));
        byte[] before = b.encode();
        assertThat(merged(a, b)).isEqualTo(merged(b, a)).hasSameHashCodeAs(merged(b, a));
        assertThat(merged(merged(a, b), c)).isEqualTo(merged(a, merged(b, c)));
        assertThat(merged(a, new Evolution())).isEqualTo(a).isNotEqualTo(b);
        assertThat(b.encode()).isEqualTo(before);
    }

    @Test
    void whatWasWrittenIsReadAndAResetLeavesNothing() {
        Evolution written = evolution(history(new Random(1)));
        assertThat(Evolution.decode(written.encode())).isEqualTo(new Decoded.Known<>(written));
        written.reset();
        assertThat(written.isEmpty()).isTrue();
        assertThat(written).isEqualTo(evolution).hasToString("Evolution[0 seconds, best Optional.empty]");
        assertThat(Evolution.decode(written.encode())).isEqualTo(new Decoded.Known<>(evolution));
    }

    @Test
    void everyTruncationIsMalformedAndAnotherVersionUnsupported() {
        byte[] wire = evolution(history(new Random(1))).encode();
        for (int length = 0; length < wire.length; length++) {
            assertThat(Evolution.decode(Arrays.copyOf(wire, length))).isInstanceOf(Decoded.Malformed.class);
        }
        wire[0] = 9;
        assertThat(Evolution.decode(wire)).isEqualTo(new Decoded.Unsupported<>("evolution", "9"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damagedBytesNeverRaise(long seed) {
        Random random = new Random(seed);
        byte[] wire = evolution(history(random)).encode();
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = wire.clone();
            damaged[random.nextInt(wire.length)] = (byte) random.nextInt();
            byte[] any = new byte[random.nextInt(60) + 1];
            random.nextBytes(any);
            any[0] = 1;
            assertThatCode(() -> {
                        Evolution.decode(damaged);
                        Evolution.decode(any);
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void hostileNumbersAreMalformed() {
        assertThat(Evolution.decode(new WireWriter(1).signed(-2).toByteArray()).problem())
                .contains("a negative value");
        assertThat(Evolution.decode(new WireWriter(1)
                                .signed(-1)
                                .signed(-1)
                                .unsigned(1L << 40)
                                .toByteArray())
                        .problem())
                .contains("items in 0 bytes");
        WireWriter twice = new WireWriter(1).signed(-1).signed(-1).unsigned(2);
        for (int second = 0; second < 2; second++) {
            twice.signed(0).unsigned(1).unsigned(1).unsigned(1).signed(1);
        }
        assertThat(Evolution.decode(twice.toByteArray()).problem()).contains("not ascending");
    }
}
