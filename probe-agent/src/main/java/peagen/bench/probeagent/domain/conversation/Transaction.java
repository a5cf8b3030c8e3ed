package peagen.bench.probeagent.domain.conversation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.EntryId;

/** What the commands between a MULTI and its EXEC do, one for each that Redis queues; null where one means nothing to us. */
final class Transaction {

    private List<@Nullable Effect> effects = new ArrayList<>();

    void clear() {
        effects = new ArrayList<>();
    }

    void add(@Nullable Effect effect) {
        effects.add(effect);
    }

    int size() {
        return effects.size();
    }

    /** Whether a command in it may end a task by its asking alone. */
    boolean settles() {
        return effects.stream().anyMatch(Effect.OfRequest.class::isInstance);
    }

    /** Entries that it acknowledges and that were claimed out of sight. */
    List<EntryId> strangers() {
        List<EntryId> strangers = new ArrayList<>(0);
        for (Effect effect : effects) {
            if (effect instanceof Effect.OfRequest request) {
                strangers.addAll(request.strangers());
            }
        }
        return strangers;
    }

    /** What its commands asked for takes effect when the answer is run; what is left is told by the reply. */
    Runnable settling() {
        List<Effect.OfRequest> requests = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.OfRequest request) {
                requests.add(request);
            }
        }
        effects.replaceAll(effect -> effect instanceof Effect.OfRequest ? null : effect);
        return () -> requests.forEach(Effect.OfRequest::taken);
    }

    /** What is to be found in the replies. The caller's from now on. */
    List<@Nullable Effect> take() {
        List<@Nullable Effect> taken = effects;
        clear();
        return taken;
    }
}
