package peagen.bench.streams.redis;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.PendingEntry;

/** Reads replies. The client hands a null of the protocol over as a null reference, and RESP2 knows no maps. */
final class Replies {

    private static final int DECIMAL = 10;

    private Replies() {}

    /** {@code millis-sequence}, read without a detour through text: the hot path reads one for every entry. */
    static EntryId id(Response reply) {
        Buffer digits = reply.toBuffer();
        int length = digits.length();
        long millis = 0;
        int i = 0;
        for (byte c; i < length && (c = digits.getByte(i)) != '-'; i++) {
            millis = millis * DECIMAL + digit(c);
        }
        long sequence = 0;
        for (i++; i < length; i++) {
            sequence = sequence * DECIMAL + digit(digits.getByte(i));
        }
        return new EntryId(millis, sequence);
    }

    private static int digit(byte c) {
        if (c < '0' || c > '9') {
            throw new IllegalArgumentException("not an entry id");
        }
        return c - '0';
    }

    static List<EntryId> ids(List<Response> replies) {
        List<EntryId> ids = new ArrayList<>(replies.size());
        for (Response reply : replies) {
            ids.add(id(reply));
        }
        return ids;
    }

    /** What XREADGROUP answers for a single stream; nothing when the block time passed. */
    static List<StreamEntry> readOf(Optional<Response> reply) {
        return reply.map(streams -> entries(streams.get(0).get(1))).orElse(List.of());
    }

    /** Entries of XRANGE, XREADGROUP or XAUTOCLAIM; Redis 6.2 answers null in place of a claimed entry that was deleted. */
    static List<StreamEntry> entries(Response reply) {
        int size = reply.size();
        List<StreamEntry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Response entry = reply.get(i);
            if (entry != null) {
                entries.add(new StreamEntry(id(entry.get(0)), fields(entry.get(1))));
            }
        }
        return entries;
    }

    private static Fields fields(Response reply) {
        int size = reply.size() / 2;
        if (size == 1) {
            return Fields.of(reply.get(0).toString(), reply.get(1).toBytes());
        }
        String[] names = new String[size];
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
            names[i] = reply.get(2 * i).toString();
            values[i] = reply.get(2 * i + 1).toBytes();
        }
        return Fields.of(Arrays.asList(names), Arrays.asList(values));
    }

    /** Replies of which none may be null. */
    @SuppressWarnings({"NullAway", "unchecked"})
    static List<Response> present(List<@Nullable Response> replies) {
        for (Response reply : replies) {
            if (reply == null) {
                throw new IllegalArgumentException("a null reply");
            }
        }
        return (List<Response>) (List<?>) replies;
    }

    /** What MGET answers: null for a key that is missing. */
    static List<Optional<byte[]>> values(Response reply) {
        List<Optional<byte[]>> values = new ArrayList<>(reply.size());
        for (Response value : reply) {
            values.add(Optional.ofNullable(value).map(Response::toBytes));
        }
        return values;
    }

    /** An integer reply. */
    static long number(@Nullable Response reply) {
        Long number = reply == null ? null : reply.toLong();
        if (number == null) {
            throw new IllegalArgumentException("not a number");
        }
        return number;
    }

    static List<PendingEntry> pending(Response reply) {
        List<PendingEntry> pending = new ArrayList<>(reply.size());
        for (Response line : reply) {
            pending.add(new PendingEntry(
                    id(line.get(0)),
                    line.get(1).toString(),
                    Duration.ofMillis(number(line.get(2))),
                    Math.toIntExact(number(line.get(3)))));
        }
        return pending;
    }
}
