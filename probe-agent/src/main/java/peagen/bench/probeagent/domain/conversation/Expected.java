package peagen.bench.probeagent.domain.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.Fields;

/** A reply that is on its way and that means something to us. */
abstract sealed class Expected {

    /** How many replies that mean nothing to us come first. */
    private long plainBefore;

    long plainBefore() {
        return plainBefore;
    }

    void plainBefore(long count) {
        plainBefore = count;
    }

    /** Whether more of the reply matters than whether it is an error. */
    boolean isRead() {
        return false;
    }

    /** The reply to a command about tasks. */
    static final class OfCommand extends Expected {
        private final Effect effect;

        OfCommand(Effect effect) {
            this.effect = effect;
        }

        Effect effect() {
            return effect;
        }

        @Override
        boolean isRead() {
            return effect instanceof Effect.OfReply;
        }
    }

    /** The replies of a transaction, one for each of its commands; null where one means nothing to us. */
    static final class OfTransaction extends Expected {
        private final List<@Nullable Effect> effects;

        OfTransaction(List<@Nullable Effect> effects) {
            this.effects = effects;
        }

        List<@Nullable Effect> effects() {
            return effects;
        }

        @Override
        boolean isRead() {
            return true;
        }
    }

    /** The reply to MULTI: when it is an error, there is no transaction. */
    static final class OfMulti extends Expected {
        private final long number;

        OfMulti(long number) {
            this.number = number;
        }

        long number() {
            return number;
        }
    }

    /** The reply to SELECT or RESET: when it is an error, the database is another. */
    static final class OfSelect extends Expected {
        private final int index;

        OfSelect(int index) {
            this.index = index;
        }

        int index() {
            return index;
        }
    }

    /** Replies to what we put in between, which the client must not see. */
    static final class OfOurs extends Expected {
        private List<Fields> entries = List.of();
        private int taken;

        void entries(List<Fields> written) {
            entries = written;
        }

        boolean isOver() {
            return taken == entries.size();
        }

        List<Fields> unanswered() {
            return entries.subList(taken, entries.size());
        }

        Fields take() {
            return entries.get(taken++);
        }
    }

    /** From here on nothing can be matched with a command. */
    static final class Opaque extends Expected {}
}
