package peagen.bench.collector.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenNumbersTest {

    private static SeenNumbers of(long... numbers) {
        SeenNumbers seen = new SeenNumbers();
        for (long number : numbers) {
            seen.add(number);
        }
        return seen;
    }

    private static SeenNumbers again(SeenNumbers seen) {
        return SeenNumbers.decode(seen.encode()).orElseThrow();
    }

    @Test
    void saysWhetherANumberIsNew() {
        SeenNumbers seen = new SeenNumbers();
        assertThat(seen.add(Long.MAX_VALUE)).isTrue();
        assertThat(seen.add(Long.MAX_VALUE)).isFalse();
        assertThat(seen.contains(Long.MAX_VALUE)).isTrue();
        assertThat(seen.contains(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void numbersWithoutGapsTakeFourBytes() {
        SeenNumbers seen = new SeenNumbers();
        for (long number = 0; number < SeenNumbers.BLOCK; number++) {
            assertThat(SeenNumbers.blockOf(number)).isZero();
            seen.add(number);
            assertThat(seen.encode()).hasSizeLessThanOrEqualTo(4);
        }
        assertThat(SeenNumbers.blockOf(SeenNumbers.BLOCK)).isEqualTo(1);
        assertThat(again(seen).contains(SeenNumbers.BLOCK - 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100, 5_000})
    void isReadAgainAsItWasAndNeverLargerThanItsBits(int oneIn) {
        Random random = new Random(oneIn);
        SeenNumbers seen = new SeenNumbers();
        for (int number = 0; number < SeenNumbers.BLOCK; number++) {
            if (random.nextInt(oneIn) == 0) {
                seen.add(number);
            }
        }
        SeenNumbers read = again(seen);
        for (int number = 0; number < SeenNumbers.BLOCK; number++) {
            assertThat(read.contains(number)).isEqualTo(seen.contains(number));
        }
        assertThat(seen.encode()).isEqualTo(read.encode()).hasSizeLessThanOrEqualTo(SeenNumbers.LARGEST);
    }

    @Test
    void addsUp() {
        SeenNumbers both = of(1, 2, 9).with(of(2, 3));
        assertThat(both.encode()).isEqualTo(of(1, 2, 3, 9).encode());
        assertThat(of(1, 2).intersects(of(2, 3))).isTrue();
        assertThat(of(1, 2).intersects(of(3, 4))).isFalse();
        assertThat(again(of()).encode()).isEqualTo(of().encode());
    }

    @Test
    void takesNoBytesThatAreNone() {
        assertThat(SeenNumbers.decode(new byte[0])).isEmpty();
        assertThat(SeenNumbers.decode(new byte[] {3, 1, 1})).isEmpty();
        assertThat(SeenNumbers.decode(new byte[] {1, 1})).isEmpty();
        assertThat(SeenNumbers.decode(new byte[] {1, 0, (byte) 0x80})).isEmpty();
        assertThat(SeenNumbers.decode(new byte[] {1, 1, (byte) 0x80, 0x40})).isEmpty();
        assertThat(SeenNumbers.decode(new byte[] {1, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1}))
                .isEmpty();
        assertThat(SeenNumbers.decode(new byte[SeenNumbers.LARGEST + 1])).isEmpty();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] wire = new byte[random.nextInt(12)];
            random.nextBytes(wire);
            SeenNumbers.decode(wire)
                    .ifPresent(read -> assertThat(again(read).encode()).isEqualTo(read.encode()));
        }
    }
}
