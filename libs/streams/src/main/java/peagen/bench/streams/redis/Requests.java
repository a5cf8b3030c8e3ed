package peagen.bench.streams.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.StreamBroker.Commit;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.StreamBroker.StaleClaim;

/** The commands, written as the Redis client wants them. */
final class Requests {

    private static final byte[] NEXT_ID = utf8("*");
    private static final byte[] UNDELIVERED = utf8(">");
    private static final byte[] GROUP = utf8("GROUP");
    private static final byte[] COUNT = utf8("COUNT");
    private static final byte[] BLOCK = utf8("BLOCK");
    private static final byte[] STREAMS = utf8("STREAMS");

    private Requests() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Request append(byte[] stream, Fields entry) {
        Request request = Request.cmd(Command.XADD).arg(stream).arg(NEXT_ID);
        for (int i = 0; i < entry.size(); i++) {
            request.arg(utf8(entry.name(i))).arg(entry.value(i));
        }
        return request;
    }

    /** About how many bytes {@link #append} puts on the wire. */
    static long weight(Fields entry) {
        long bytes = 64;
        for (int i = 0; i < entry.size(); i++) {
            bytes += 16 + entry.name(i).length() + entry.value(i).length;
        }
        return bytes;
    }

    static Request createGroup(String stream, String group, EntryId from) {
        return Request.cmd(Command.XGROUP)
                .arg("CREATE")
                .arg(stream)
                .arg(group)
                .arg(from.toString())
                .arg("MKSTREAM");
    }

    /** Blocks when {@code block} is not zero; Redis counts milliseconds and takes 0 for ever, so 1 is the least. */
    static Request readGroup(GroupRead read, Duration block) {
        Request request = Request.cmd(Command.XREADGROUP)
                .arg(GROUP)
                .arg(read.group())
                .arg(read.consumer())
                .arg(COUNT)
                .arg(read.count());
        if (!block.isZero()) {
            request.arg(BLOCK).arg(Math.max(1, block.toMillis()));
        }
        return request.arg(STREAMS).arg(read.stream()).arg(UNDELIVERED);
    }

    static Request acknowledge(String stream, String group, List<EntryId> ids) {
        return withIds(Request.cmd(Command.XACK).arg(stream).arg(group), ids);
    }

    static Request delete(String stream, List<EntryId> ids) {
        return withIds(Request.cmd(Command.XDEL).arg(stream), ids);
    }

    static Request claimStale(StaleClaim claim) {
        return Request.cmd(Command.XAUTOCLAIM)
                .arg(claim.stream())
                .arg(claim.group())
                .arg(claim.consumer())
                .arg(claim.minIdle().toMillis())
                .arg(claim.cursor().toString())
                .arg(COUNT)
                .arg(claim.count());
    }

    static Request pending(String stream, String group, EntryId from, EntryId to, int count) {
        return Request.cmd(Command.XPENDING)
                .arg(stream)
                .arg(group)
                .arg(from.toString())
                .arg(to.toString())
                .arg(count);
    }

    static Request pendingSummary(String stream, String group) {
        return Request.cmd(Command.XPENDING).arg(stream).arg(group);
    }

    static Request range(String stream, EntryId from, EntryId to, int count) {
        return Request.cmd(Command.XRANGE)
                .arg(stream)
                .arg(from.toString())
                .arg(to.toString())
                .arg(COUNT)
                .arg(count);
    }

    static Request put(Commit.Put put) {
        return Request.cmd(Command.SET)
                .arg(put.key())
                .arg(put.value().bytes())
                .arg("PX")
                .arg(Math.max(1, put.keptFor().toMillis()));
    }

    static Request withKeys(Command command, List<String> keys) {
        Request request = Request.cmd(command);
        keys.forEach(request::arg);
        return request;
    }

    static Request trim(String stream, EntryId oldestNeeded) {
        return Request.cmd(Command.XTRIM).arg(stream).arg("MINID").arg("=").arg(oldestNeeded.toString());
    }

    static Request trimToLength(String stream, long length) {
        return Request.cmd(Command.XTRIM).arg(stream).arg("MAXLEN").arg("~").arg(length);
    }

    static Request info(String subject, String stream) {
        return Request.cmd(Command.XINFO).arg(subject).arg(stream);
    }

    private static Request withIds(Request request, List<EntryId> ids) {
        for (EntryId id : ids) {
            request.arg(utf8(id.toString()));
        }
        return request;
    }
}
