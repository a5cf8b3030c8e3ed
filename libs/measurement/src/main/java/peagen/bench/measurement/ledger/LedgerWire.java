package peagen.bench.measurement.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import peagen.bench.contract.Decoded;
import peagen.bench.measurement.wire.WireReader;
import peagen.bench.measurement.wire.WireWriter;

/**
 * The wire form of a {@link Ledger}, version 2: its eleven sets, each with its length in front, in the portable Roaring format
 * (https://github.com/RoaringBitmap/RoaringFormatSpec), run-optimised; an empty set has length 0. Readable from Python, Go, C.
 */
final class LedgerWire {

    static final int SETS = 11;

    private static final int VERSION = 2;
    private static final byte[] NOTHING = {};

    private LedgerWire() {}

    static byte[] encode(Ledger ledger) {
        WireWriter out = new WireWriter(VERSION);
        for (RoaringBitmap set : ledger.sets()) {
            byte[] bytes = bytes(set);
            out.bytes(bytes, bytes.length);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(RoaringBitmap set) {
        if (set.isEmpty()) {
            return NOTHING;
        }
        RoaringBitmap packed = set.clone();
        packed.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(packed.serializedSizeInBytes());
        packed.serialize(bytes);
        return bytes.array();
    }

    static Decoded<Ledger> decode(byte[] wire) {
        return WireReader.decode("ledger", VERSION, wire, in -> {
            List<RoaringBitmap> sets = new ArrayList<>();
            for (int i = 0; i < SETS; i++) {
                sets.add(set(in));
            }
            return new Ledger(sets);
        });
    }

    private static RoaringBitmap set(WireReader in) {
        byte[] bytes = in.bytes();
        RoaringBitmap set = new RoaringBitmap();
        if (bytes.length > 0) {
            in.check(RoaringCheck.isSound(bytes), "not a bitmap in the portable Roaring format");
            try {
                set.deserialize(ByteBuffer.wrap(bytes));
            } catch (IOException | RuntimeException unreadable) {
                throw in.unreadable("unreadable bitmap: " + unreadable);
            }
        }
        return set;
    }
}
