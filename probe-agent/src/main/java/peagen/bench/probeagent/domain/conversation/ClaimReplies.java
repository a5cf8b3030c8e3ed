package peagen.bench.probeagent.domain.conversation;

import java.util.ArrayList;
import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.resp.ReplyReader;

/** Reads the tasks out of what Redis answers to a worker's claims. An entry that was deleted meanwhile is none. */
final class ClaimReplies {

    private ClaimReplies() {}

    /**
     * {@code [[stream, entries], …]} or a map of them.
     *
     * @param again whether the worker reads what is pending for it already
     */
    static Effect.OfReply ofRead(String stream, TaskWatch watch, boolean again) {
        return (reply, nowMicros) -> {
            boolean pairs = !reply.atMap();
            int count = reply.array();
            for (int i = 0; i < (pairs ? count : count / 2); i++) {
                if (pairs) {
                    reply.array();
                }
                if (!reply.text().equals(stream)) {
                    reply.skip();
                } else if (again) {
                    watch.reclaimed(entries(reply), nowMicros);
                } else {
                    watch.claimed(entries(reply), nowMicros);
                }
            }
        };
    }

    /** {@code [cursor, entries, deleted]}; the last since Redis 7. */
    static Effect.OfReply ofAutoClaim(TaskWatch watch) {
        return (reply, nowMicros) -> {
            reply.array();
            reply.skip();
            watch.reclaimed(entries(reply), nowMicros);
        };
    }

    /** The entries alone. */
    static Effect.OfReply ofClaim(TaskWatch watch) {
        return (reply, nowMicros) -> watch.reclaimed(entries(reply), nowMicros);
    }

    private static List<StreamEntry> entries(ReplyReader reply) {
        int count = reply.array();
        List<StreamEntry> entries = new ArrayList<>(Math.max(0, count));
        for (int i = 0; i < count; i++) {
            if (reply.array() == ReplyReader.NULL) {
                continue;
            }
            EntryId id = reply.entryId();
            int strings = reply.array();
            if (strings == ReplyReader.NULL) {
                continue;
            }
            List<String> names = new ArrayList<>(strings / 2);
            List<byte[]> values = new ArrayList<>(strings / 2);
            for (int field = 0; field < strings / 2; field++) {
                names.add(reply.text());
                values.add(reply.bytes());
            }
            entries.add(new StreamEntry(id, Fields.of(names, values)));
        }
        return entries;
    }
}
