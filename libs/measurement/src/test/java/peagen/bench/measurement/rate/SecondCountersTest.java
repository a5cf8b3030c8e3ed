package peagen.bench.measurement.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.measurement.wire.WireWriter;

class SecondCountersTest {

    private static final long NOW = 1_750_000_000L;
    private static final List<Counter> COUNTERS = List.of(Counter.values());

    private static SecondCounters random(long seed) {
        Random random = new Random(seed);
        SecondCounters counters = new SecondCounters();
        for (int i = 0; i < 5_000; i++) {
            counters.add(COUNTERS.get(random.nextInt(COUNTERS.size())), NOW + random.nextInt(100), random.nextInt(3));
        }
        return counters;
    }

    private static SecondCounters merged(SecondCounters... parts) {
        SecondCounters sum = new SecondCounters();
        for (SecondCounters part : parts) {
            sum.merge(part);
        }
        return sum;
    }

    @Test
    void countsAreKeptBySecond() {
        SecondCounters counters = new SecondCounters();
        counters.add(Counter.COMPLETED, NOW, 2);
        counters.add(Counter.FAILED, NOW, 1);
        counters.add(Counter.DEAD_LETTERED, NOW, 1);
        counters.add(Counter.CLAIMED, NOW, 9);
        counters.add(Counter.COMPLETED, NOW - 5, 4);
        assertThat(counters.get(Counter.COMPLETED, NOW)).isEqualTo(2);
        assertThat(counters.get(Counter.COMPLETED, NOW + 1)).isZero();
        assertThat(counters.acknowledged(NOW)).isEqualTo(4);
        assertThat(counters.total(Counter.COMPLETED)).isEqualTo(6);
        assertThat(counters.seconds()).containsExactly(NOW - 5, NOW);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mergingIsCommutativeAndAssociative(long seed) {
        SecondCounters a = random(seed);
        SecondCounters b = random(seed + 100);
        SecondCounters c = random(seed + 200);
        assertThat(merged(a, b)).isEqualTo(merged(b, a)).hasSameHashCodeAs(merged(b, a));
        assertThat(merged(merged(a, b), c)).isEqualTo(merged(a, merged(b, c)));
        assertThat(merged(a)).isEqualTo(a).isNotEqualTo(b);
    }

    @Test
    void whatWasWrittenIsRead() {
        SecondCounters counters = random(1);
        assertThat(SecondCounters.decode(counters.encode())).isEqualTo(new Decoded.Known<>(counters));
        assertThat(counters.encode().length).isLessThan(101 * 12);
        assertThat(counters.toString()).isEqualTo("SecondCounters[100 seconds]");
    }

    @Test
    void aResetCounterIsEmpty() {
        SecondCounters counters = random(1);
        counters.reset();
        assertThat(counters.isEmpty()).isTrue();
        counters.add(Counter.CLAIMED, NOW, 1);
        assertThat(counters.get(Counter.CLAIMED, NOW)).isEqualTo(1);
    }

    @Test
    void everyTruncationIsMalformed() {
        byte[] wire = random(1).encode();
        for (int length = 0; length < wire.length; length++) {
            assertThat(SecondCounters.decode(Arrays.copyOf(wire, length))).isInstanceOf(Decoded.Malformed.class);
        }
    }

    @Test
    void secondsThatDoNotAscendAreMalformed() {
        WireWriter out = new WireWriter(2).unsigned(2);
        for (int second = 0; second < 2; second++) {
            out.signed(0);
            for (int c = 0; c < Counter.values().length; c++) {
                out.unsigned(1);
            }
        }
        assertThat(SecondCounters.decode(out.toByteArray()).problem()).contains("not ascending");
    }

    @Test
    void hostileCountsAreMalformed() {
        assertThat(SecondCounters.decode(new WireWriter(2).unsigned(-1).toByteArray()))
                .isInstanceOf(Decoded.Malformed.class);
        assertThat(SecondCounters.decode(new WireWriter(2).unsigned(1L << 40).toByteArray())
                        .problem())
                .contains("items in 0 bytes");
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0x80);
        endless[0] = 2;
        assertThat(SecondCounters.decode(endless).problem()).contains("more than ten bytes");
        WireWriter negative = new WireWriter(2).unsigned(1).signed(NOW);
        for (int c = 0; c < Counter.values().length; c++) {
            negative.unsigned(-1);
        }
        assertThat(SecondCounters.decode(negative.toByteArray()).problem()).contains("negative count");
    }
}
