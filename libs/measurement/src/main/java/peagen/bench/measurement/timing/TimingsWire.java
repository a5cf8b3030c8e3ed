package peagen.bench.measurement.timing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.measurement.wire.WireReader;
import peagen.bench.measurement.wire.WireWriter;

/**
 * The wire form of {@link Timings}, version 2: the length of the inner form and the inner form deflated (RFC 1950). The inner
 * form, version 2: out of range, negative, deepest negative (µs), the number of series, then for each its kind, its worker class,
 * metric and phase codes, and its histogram in the HdrHistogram V2 encoding
 * (https://github.com/HdrHistogram/HdrHistogram, {@code EncodableHistogram}). Deflated once for all series, because small
 * histograms repeat each other. Version 1, which had no worker classes, is read too.
 *
 * <p>The inner form has at most 16 MiB, which is what is read; in practice some hundred bytes for each series.
 */
final class TimingsWire {

    private static final int VERSION = 2;
    private static final int WITHOUT_CLASSES = 1;
    private static final int MAX_INNER_BYTES = 16 << 20;
    private static final int MAX_SERIES = Timings.MAX_PAIRS * TimingMetric.values().length * Phase.values().length;
    private static final int HEADER_BYTES = 40;
    private static final int PAYLOAD_LENGTH_AT = 4;
    private static final int DIGITS_AT = 12;
    private static final int LOWEST_AT = 16;
    private static final int HIGHEST_AT = 24;

    private TimingsWire() {}

    static byte[] encode(Timings timings) {
        int[] series = new int[1];
        timings.forEach((name, histogram) -> series[0]++);
        WireWriter inner = new WireWriter(VERSION)
                .unsigned(timings.outOfRange())
                .unsigned(timings.negative())
                .unsigned(timings.deepestNegativeMicros())
                .unsigned(series[0]);
        byte[] reused = new byte[new Histogram(1, Timings.LIMIT_MICROS, Timings.DIGITS).getNeededByteBufferCapacity()];
        timings.forEach((name, histogram) -> inner.text(name.kind())
                .text(name.workerClass())
                .unsigned(name.metric().code())
                .unsigned(name.phase().code())
                .bytes(reused, histogram.encodeIntoByteBuffer(ByteBuffer.wrap(reused))));
        byte[] plain = inner.toByteArray();
        byte[] packed = deflate(plain);
        return new WireWriter(VERSION)
                .unsigned(plain.length)
                .bytes(packed, packed.length)
                .toByteArray();
    }

    static Decoded<Timings> decode(byte[] wire) {
        int version = wire.length > 0 && wire[0] == WITHOUT_CLASSES ? WITHOUT_CLASSES : VERSION;
        Decoded<byte[]> inner = WireReader.decode("timings", version, wire, in -> {
            long length = in.unsigned();
            in.check(length >= 0 && length <= MAX_INNER_BYTES, length + " bytes of timings");
            return inflate(in, in.bytes(), (int) length);
        });
        return switch (inner) {
            case Decoded.Known<byte[]>(byte[] plain) ->
                WireReader.decode("timings", version, plain, in -> read(in, version));
            case Decoded.Unsupported<byte[]>(String type, String found) -> new Decoded.Unsupported<>(type, found);
            case Decoded.Malformed<byte[]>(String reason) -> new Decoded.Malformed<>(reason);
        };
    }

    private static Timings read(WireReader in, int version) {
        Timings timings = new Timings();
        timings.addOutside(in.count(), in.count(), in.count());
        int count = in.items(HEADER_BYTES);
        in.check(count <= MAX_SERIES, count + " series");
        for (int left = count; left > 0; left--) {
            String kind = in.text();
            String workerClass = version == WITHOUT_CLASSES ? WorkerClass.NOT_SAID : in.text();
            in.check(WorkerClass.isOne(workerClass), "no worker class");
            TimingMetric metric = TimingMetric.ofCode(in.count()).orElseThrow(() -> in.unreadable("unknown metric"));
            Phase phase = Phase.ofCode(in.count()).orElseThrow(() -> in.unreadable("unknown phase"));
            Series series = new Series(metric, kind, phase, workerClass);
            timings.add(series, histogram(in, in.bytes()));
        }
        return timings;
    }

    /** Only histograms of our own range and precision are read: others could ask for any amount of memory. */
    private static Histogram histogram(WireReader in, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        in.check(
                bytes.length > HEADER_BYTES
                        && buffer.getInt(PAYLOAD_LENGTH_AT) == bytes.length - HEADER_BYTES
                        && buffer.getInt(DIGITS_AT) == Timings.DIGITS
                        && buffer.getLong(LOWEST_AT) == 1
                        && buffer.getLong(HIGHEST_AT) == Timings.LIMIT_MICROS,
                "a histogram of another range or precision");
        try {
            return Histogram.decodeFromByteBuffer(buffer, Timings.LIMIT_MICROS);
        } catch (RuntimeException unreadable) {
            throw in.unreadable("unreadable histogram: " + unreadable);
        }
    }

    private static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 2 + 64);
            byte[] chunk = new byte[8192];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(WireReader in, byte[] packed, int length) {
        // Deflate packs at most 1032 to 1 (zlib's technical notes): a larger claim is a lie.
        in.check(length <= 1032L * packed.length, length + " bytes of timings in " + packed.length);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] plain = new byte[length + 1];
            int at = 0;
            int read = -1;
            while (read != 0 && at < plain.length) {
                read = inflater.inflate(plain, at, plain.length - at);
                at += read;
            }
            in.check(inflater.finished() && at == length, "deflated bytes end elsewhere");
            return Arrays.copyOf(plain, length);
        } catch (DataFormatException unreadable) {
            throw in.unreadable("not deflated: " + unreadable.getMessage());
        } finally {
            inflater.end();
        }
    }
}
