package peagen.bench.measurement.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.TaskEvent.Observation;

class LedgerWireTest {

    private static Ledger sample() {
        Ledger ledger = new Ledger();
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            ledger.enqueued(i);
            ledger.observed(Observation.CLAIMED, i);
            ledger.observed(Observation.EXECUTED, i - i % 97 % 2);
            if (random.nextInt(50) > 0) {
                ledger.observed(Observation.COMPLETED, i);
            } else if (random.nextBoolean()) {
                ledger.observed(Observation.FAILED, random.nextInt() & 0xffff_ffffL);
            }
        }
        return ledger;
    }

    private static byte[] bytes(RoaringBitmap bitmap) {
        bitmap.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(bytes);
        return bytes.array();
    }

    @Test
    void whatWasWrittenIsRead() {
        Ledger ledger = sample();
        assertThat(Ledger.decode(ledger.encode())).isEqualTo(new Decoded.Known<>(ledger));
        assertThat(Ledger.decode(new Ledger().encode())).isEqualTo(new Decoded.Known<>(new Ledger()));
    }

    @Test
    void writingLeavesTheLedgerUsable() {
        Ledger ledger = sample();
        ledger.encode();
        ledger.enqueued(100_000);
        assertThat(ledger.totals().reported()).isEqualTo(100_001);
    }

    @Test
    void tasksInARowCostNextToNothing() {
        Ledger ledger = new Ledger();
        for (int i = 0; i < 1_000_000; i++) {
            ledger.enqueued(i);
            ledger.observed(Observation.CLAIMED, i);
            ledger.observed(Observation.EXECUTED, i);
            ledger.observed(Observation.COMPLETED, i);
        }
        assertThat(ledger.encode().length).isLessThan(1_000);
    }

    @Test
    void anotherVersionIsUnsupported() {
        byte[] wire = sample().encode();
        wire[0] = 9;
        assertThat(Ledger.decode(wire)).isEqualTo(new Decoded.Unsupported<>("ledger", "9"));
    }

    @Test
    void everyTruncationIsMalformed() {
        byte[] wire = sample().encode();
        for (int length = 0; length < wire.length; length += length < 200 ? 1 : 97) {
            assertThat(Ledger.decode(Arrays.copyOf(wire, length))).isInstanceOf(Decoded.Malformed.class);
        }
        assertThat(Ledger.decode(Arrays.copyOf(wire, wire.length + 1)).problem())
                .contains("1 bytes too many");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedBytesNeverRaiseAndWhatIsReadIsSound(long seed) {
        Random random = new Random(seed);
        byte[] wire = sample().encode();
        for (int round = 0; round < 500; round++) {
            byte[] damaged = wire.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int range = random.nextBoolean() ? 64 : damaged.length;
                damaged[random.nextInt(range)] = (byte) random.nextInt();
            }
            assertThatCode(() -> {
                        if (Ledger.decode(damaged) instanceof Decoded.Known<Ledger>(Ledger read)) {
                            read.merge(read);
                            assertThat(Ledger.decode(read.encode())).isInstanceOf(Decoded.Known.class);
                            assertThat(read.totals().enqueued()).isPositive();
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void bitmapsOfEveryContainerAreSound() {
        RoaringBitmap runs = RoaringBitmap.bitmapOfRange(10, 400_000);
        RoaringBitmap array = RoaringBitmap.bitmapOf(1, 3, 5, 70_000, 140_000, 210_000, 280_000);
        RoaringBitmap bits = new RoaringBitmap();
        for (int i = 0; i < 200_000; i += 3) {
            bits.add(i);
        }
        RoaringBitmap mixed = RoaringBitmap.or(bits, RoaringBitmap.bitmapOfRange(500_000, 600_000));
        RoaringBitmap top = RoaringBitmap.bitmapOf(-1);
        for (RoaringBitmap bitmap : new RoaringBitmap[] {runs, array, bits, mixed, top}) {
            assertThat(RoaringCheck.isSound(bytes(bitmap))).isTrue();
        }
    }

    @Test
    void whatTheLibraryWouldTrustIsFound() {
        byte[] array = bytes(RoaringBitmap.bitmapOf(1, 5, 70_000));
        assertThat(RoaringCheck.isSound(with(array, array.length - 4, 1, 0))).isFalse();
        assertThat(RoaringCheck.isSound(with(array, 8, 1, 0))).isFalse();
        assertThat(RoaringCheck.isSound(with(array, 16, 99, 0))).isFalse();
        assertThat(RoaringCheck.isSound(with(array, 0, 0, 0))).isFalse();
        assertThat(RoaringCheck.isSound(new byte[7])).isFalse();

        byte[] runs = bytes(RoaringBitmap.or(RoaringBitmap.bitmapOfRange(0, 10), RoaringBitmap.bitmapOfRange(20, 99)));
        int lastRun = runs.length - 4;
        assertThat(RoaringCheck.isSound(with(runs, lastRun, 5, 0))).isFalse();
        assertThat(RoaringCheck.isSound(with(runs, lastRun, 0xff, 0xff))).isFalse();
        assertThat(RoaringCheck.isSound(with(runs, lastRun + 2, 1, 0))).isFalse();

        RoaringBitmap sparse = new RoaringBitmap();
        for (int i = 0; i < 60_000; i += 3) {
            sparse.add(i);
        }
        byte[] bits = bytes(sparse);
        assertThat(RoaringCheck.isSound(with(bits, bits.length - 9, 0xff, 0xff)))
                .isFalse();
    }

    private static byte[] with(byte[] bytes, int at, int low, int high) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) low;
        changed[at + 1] = (byte) high;
        return changed;
    }
}
