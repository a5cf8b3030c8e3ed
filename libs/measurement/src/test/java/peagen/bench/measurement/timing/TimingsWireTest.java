package peagen.bench.measurement.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.measurement.wire.WireWriter;

class TimingsWireTest {

    private static final List<Phase> PHASES = List.of(Phase.values());

    private static Timings sample() {
        Timings timings = new Timings();
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            for (TimingMetric metric : TimingMetric.values()) {
                timings.record(metric, "execute", PHASES.get(i % 3), random.nextInt(200_000) - 10);
            }
        }
        timings.kind("execute", "gpu").record(TimingMetric.QUEUE_TIME, Phase.STEADY, 77);
        timings.record(TimingMetric.QUEUE_TIME, "render", Phase.STEADY, Long.MAX_VALUE);
        return timings;
    }

    private static byte[] packed(byte[] inner) throws IOException {
        return packed(2, inner);
    }

    private static byte[] packed(int version, byte[] inner) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(inner);
        }
        return new WireWriter(version)
                .unsigned(inner.length)
                .bytes(out.toByteArray(), out.size())
                .toByteArray();
    }

    private static WireWriter oneSeries() {
        return new WireWriter(2)
                .unsigned(0)
                .unsigned(0)
                .unsigned(0)
                .unsigned(1)
                .text("execute")
                .text("gpu");
    }

    private static byte[] bytes(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Test
    void whatWasWrittenIsRead() {
        Timings timings = sample();
        byte[] wire = timings.encode();
        assertThat(Timings.decode(wire)).isInstanceOfSatisfying(Decoded.Known.class, known -> {
            Timings read = (Timings) known.value();
            assertThat(read.encode()).isEqualTo(wire);
            assertThat(read.negative()).isEqualTo(timings.negative()).isPositive();
            assertThat(read.deepestNegativeMicros())
                    .isEqualTo(timings.deepestNegativeMicros())
                    .isPositive();
            assertThat(read.outOfRange()).isEqualTo(1);
            assertThat(read.quantiles(TimingMetric.QUEUE_TIME, Phase.STEADY))
                    .isEqualTo(timings.quantiles(TimingMetric.QUEUE_TIME, Phase.STEADY));
        });
    }

    @Test
    void theFormWithoutWorkerClassesIsRead() throws IOException {
        byte[] histogram = histogram();
        byte[] wire = packed(
                1,
                new WireWriter(1)
                        .unsigned(3)
                        .unsigned(2)
                        .unsigned(9)
                        .unsigned(1)
                        .text("execute")
                        .unsigned(TimingMetric.QUEUE_TIME.code())
                        .unsigned(Phase.STEADY.code())
                        .bytes(histogram, histogram.length)
                        .toByteArray());
        assertThat(Timings.decode(wire)).isInstanceOfSatisfying(Decoded.Known.class, known -> {
            Timings read = (Timings) known.value();
            assertThat(read.outOfRange()).isEqualTo(3);
            assertThat(read.negative()).isEqualTo(2);
            assertThat(read.series()).containsExactly(new Series(TimingMetric.QUEUE_TIME, "execute", Phase.STEADY, ""));
            assertThat(read.quantiles(TimingMetric.QUEUE_TIME, Phase.STEADY).count())
                    .isEqualTo(2);
        });
    }

    @Test
    void aClassThatIsNoneIsMalformed() throws IOException {
        byte[] histogram = histogram();
        byte[] wire = packed(new WireWriter(2)
                .unsigned(0)
                .unsigned(0)
                .unsigned(0)
                .unsigned(1)
                .text("execute")
                .text("a b")
                .unsigned(1)
                .unsigned(1)
                .bytes(histogram, histogram.length)
                .toByteArray());
        assertThat(Timings.decode(wire).problem()).isEqualTo("timings: no worker class");
    }

    @Test
    void anotherVersionIsUnsupported() throws IOException {
        byte[] wire = sample().encode();
        wire[0] = 9;
        assertThat(Timings.decode(wire)).isEqualTo(new Decoded.Unsupported<>("timings", "9"));
        assertThat(Timings.decode(packed(new byte[] {7}))).isEqualTo(new Decoded.Unsupported<>("timings", "7"));
    }

    @Test
    void everyTruncationIsMalformed() {
        byte[] wire = sample().encode();
        for (int length = 0; length < wire.length; length += 7) {
            assertThat(Timings.decode(Arrays.copyOf(wire, length))).isInstanceOf(Decoded.Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damagedBytesNeverRaise(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] wire = sample().encode();
        byte[] inner = oneSeries()
                .unsigned(1)
                .unsigned(1)
                .bytes(histogram(), histogram().length)
                .toByteArray();
        for (int round = 0; round < 300; round++) {
            byte[] damaged = wire.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            byte[] damagedInner = inner.clone();
            damagedInner[random.nextInt(inner.length)] = (byte) random.nextInt();
            byte[] repacked = packed(damagedInner);
            assertThatCode(() -> {
                        Timings.decode(damaged);
                        Timings.decode(repacked);
                    })
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] histogram() {
        Histogram histogram = new Histogram(1, Timings.LIMIT_MICROS, Timings.DIGITS);
        histogram.recordValue(77);
        histogram.recordValue(1_000_000);
        return bytes(histogram);
    }

    @Test
    void histogramsThatWouldTakeTooMuchMemoryAreMalformed() throws IOException {
        byte[] precise = bytes(new Histogram(1, Timings.LIMIT_MICROS, 5));
        byte[] wide = bytes(new Histogram(1, Long.MAX_VALUE, 3));
        for (byte[] histogram : new byte[][] {precise, wide, new byte[45]}) {
            byte[] wire = packed(oneSeries()
                    .unsigned(1)
                    .unsigned(1)
                    .bytes(histogram, histogram.length)
                    .toByteArray());
            assertThat(Timings.decode(wire).problem()).contains("another range or precision");
        }
    }

    @Test
    void seriesThatAreNoneAreMalformed() throws IOException {
        byte[] histogram = histogram();
        byte[] metric = oneSeries()
                .unsigned(4)
                .unsigned(0)
                .bytes(histogram, histogram.length)
                .toByteArray();
        byte[] phase = oneSeries()
                .unsigned(0)
                .unsigned(3)
                .bytes(histogram, histogram.length)
                .toByteArray();
        assertThat(Timings.decode(packed(metric)).problem()).contains("unknown metric");
        assertThat(Timings.decode(packed(phase)).problem()).contains("unknown phase");
    }

    @Test
    void aFewBytesCannotClaimToHoldMany() {
        byte[] wire =
                new WireWriter(2).unsigned(1 << 24).bytes(new byte[100], 100).toByteArray();
        assertThat(Timings.decode(wire).problem()).contains("16777216 bytes of timings in 100");
        byte[] larger =
                new WireWriter(1).unsigned(1L << 40).bytes(new byte[100], 100).toByteArray();
        assertThat(Timings.decode(larger)).isInstanceOf(Decoded.Malformed.class);
    }
}
