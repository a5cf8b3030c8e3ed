package peagen.bench.probeagent.domain.conversation;

import peagen.bench.probeagent.domain.resp.ReplyReader;

/** What a command does to the farm's tasks once Redis has taken it. */
sealed interface Effect {

    /** The reply says which tasks the worker got. */
    @FunctionalInterface
    non-sealed interface OfReply extends Effect {

        /** Reads the reply, which is no error. */
        void read(ReplyReader reply, long nowMicros);
    }

    /** The command itself said everything. Takes effect once. */
    @FunctionalInterface
    non-sealed interface OfRequest extends Effect {

        /** Redis has taken the command, or is about to. */
        void taken();
    }
}
