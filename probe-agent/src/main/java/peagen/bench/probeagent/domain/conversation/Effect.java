package peagen.bench.probeagent.domain.conversation;

import java.util.List;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.resp.ReplyReader;

/** What a command does to the farm's tasks once Redis has taken it. */
sealed interface Effect {

    /** Whether it may be of many tasks. */
    boolean isOfMany();

    /** The reply says which tasks the worker got. */
    @FunctionalInterface
    non-sealed interface OfReply extends Effect {

        /** Reads the reply, which is no error. */
        void read(ReplyReader reply, long nowMicros);

        @Override
        default boolean isOfMany() {
            return true;
        }
    }

    /** The command itself said everything. Takes effect once. */
    @FunctionalInterface
    non-sealed interface OfRequest extends Effect {

        /** Redis has taken the command, or is about to. */
        void taken();

        /** The entries in it that were claimed out of sight. */
        default List<EntryId> strangers() {
            return List.of();
        }

        @Override
        default boolean isOfMany() {
            return false;
        }
    }

    /**
     * An acknowledgement.
     *
     * @param deleted how many entries it deletes as well
     */
    record Acknowledged(TaskWatch watch, List<EntryId> ids, int deleted, long askedMicros) implements OfRequest {

        private static final int MANY = 16;

        @Override
        public void taken() {
            watch.acknowledged(ids, askedMicros);
            watch.deleted(deleted);
        }

        @Override
        public List<EntryId> strangers() {
            return watch.strangers(ids);
        }

        @Override
        public boolean isOfMany() {
            return ids.size() >= MANY;
        }
    }
}
