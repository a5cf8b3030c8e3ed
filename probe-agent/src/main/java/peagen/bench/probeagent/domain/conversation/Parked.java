package peagen.bench.probeagent.domain.conversation;

import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.resp.Command;

/**
 * The command of a conversation, at most one, that waits until observations are in Redis. Whoever has it look {@link #strangers} up,
 * gives those that are pending to {@link TaskWatch#adopt}, calls {@link #settle}, writes the observations, and calls
 * {@link #resume}.
 */
public final class Parked {

    private static final byte[] NOTHING = {};

    private byte[] command = NOTHING;
    private List<EntryId> strangers = List.of();
    private Runnable settling = () -> {};

    Parked() {}

    /** The command waits; what it settles, and what {@code unknown} entries it acknowledges, may have to wait for each other. */
    void park(Command waiting, List<EntryId> unknown, Runnable settles) {
        command = waiting.raw();
        strangers = unknown;
        settling = settles;
    }

    /** Whether a command waits. */
    public boolean waits() {
        return command.length > 0;
    }

    /** The entries that it acknowledges and that were claimed out of sight. */
    public List<EntryId> strangers() {
        return strangers;
    }

    /** What it settles is among the observations now. Later calls do nothing. */
    public void settle() {
        Runnable waited = settling;
        settling = () -> {};
        strangers = List.of();
        waited.run();
    }

    /** Lets it go. */
    public void resume(Outlet server) {
        settle();
        byte[] waited = command;
        command = NOTHING;
        server.send(waited);
    }
}
