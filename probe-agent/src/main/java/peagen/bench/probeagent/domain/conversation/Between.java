package peagen.bench.probeagent.domain.conversation;

import java.util.List;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.resp.RespWriter;

/** Where among the bytes of one read our batch goes, and how they go on around it. */
final class Between {

    /** The command cannot have anything in front of it any more. */
    static final int NOWHERE = -1;

    /** In front of what was held back before this read. */
    static final int AT_HELD = -2;

    private static final byte[] NOTHING = {};

    private final Observations observations;
    private final Expectations expectations;
    private final byte[] eventStream;
    private Expected.OfOurs ours = new Expected.OfOurs();
    private int putAt = NOWHERE;

    Between(Observations observations, Expectations expectations, byte[] eventStream) {
        this.observations = observations;
        this.expectations = expectations;
        this.eventStream = eventStream;
    }

    void begin() {
        putAt = NOWHERE;
    }

    /** The batch of this read stands in front of the first command that settles something. */
    void place(int start) {
        if (putAt == NOWHERE && start != NOWHERE) {
            ours = new Expected.OfOurs();
            expectations.add(ours);
            putAt = start;
        }
    }

    /** Sends on what is due but the command at {@code start}, which has come whole and has to wait. */
    void emitBefore(int start, Outlet server, byte[] held, int from) {
        emit(server, start == AT_HELD ? NOTHING : held, from, Math.max(from, start));
    }

    /** Sends on what is due, up to {@code stop}, with our batch in its place. */
    void emit(Outlet server, byte[] held, int from, int stop) {
        if (putAt == AT_HELD) {
            put(server);
        }
        if (held.length > 0) {
            server.send(held);
        }
        if (putAt >= 0) {
            server.pass(from, putAt);
            put(server);
            server.pass(putAt, stop);
        } else {
            server.pass(from, stop);
        }
    }

    private void put(Outlet server) {
        List<Fields> entries = observations.take();
        for (Fields entry : entries) {
            server.send(RespWriter.append(eventStream, entry));
        }
        ours.entries(entries);
    }
}
