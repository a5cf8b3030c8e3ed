package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.domain.Forgotten;
import peagen.bench.gatekeeper.domain.RunBook;
import peagen.bench.streams.StreamBroker;

/**
 * Lets go of entries whose run was judged before and whose declaration is acknowledged: one that is killed between acknowledging
 * a run's control entries and its deltas leaves such, and late deltas after a restart are such. Control entries are acknowledged
 * when nothing more is to be said of a run, so no revision can be lost. A declaration that may still be on its way, unread or
 * with another gatekeeper, is waited for. Confined to one context.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    /** So that many runs that nobody declared do not keep the others waiting. */
    private static final int QUESTIONS_AT_ONCE = 64;

    private final StreamBroker broker;
    private final RunBook book;
    private final Chronicle chronicle;
    private final GatekeeperMeters meters;
    private final Set<String> answered = new HashSet<>();

    Leftovers(StreamBroker broker, RunBook book, Chronicle chronicle, GatekeeperMeters meters) {
        this.broker = broker;
        this.book = book;
        this.chronicle = chronicle;
        this.meters = meters;
    }

    /**
     * Asks what was written down of runs that nobody declared; of each once.
     *
     * @param known how many pending control entries this gatekeeper knows of
     */
    Future<Void> letGo(LongSupplier known) {
        Set<String> undeclared = new LinkedHashSet<>(book.undeclared());
        answered.retainAll(undeclared);
        undeclared.removeAll(answered);
        if (!chronicle.isKept() || undeclared.isEmpty()) {
            return Future.succeededFuture();
        }
        return broker.groupInfo(StreamNames.CONTROL, GatekeeperConfig.GROUP).compose(control -> {
            boolean all = control.lag() == 0 && control.pending() <= known.getAsLong();
            Deque<String> asked = new ArrayDeque<>(
                    undeclared.stream().limit(QUESTIONS_AT_ONCE).toList());
            return all ? letGo(asked) : Future.succeededFuture();
        });
    }

    private Future<Void> letGo(Deque<String> asked) {
        if (asked.isEmpty()) {
            return Future.succeededFuture();
        }
        String runId = asked.removeFirst();
        return chronicle.verdicts(runId).compose(verdicts -> {
            // Meanwhile the declaration may have been taken over from a gatekeeper that died.
            if (!verdicts.isEmpty() && book.undeclared().contains(runId)) {
                report(book.forgetJudged(runId));
            }
            answered.add(runId);
            return letGo(asked);
        });
    }

    private void report(Forgotten forgotten) {
        for (int entry = 0; entry < forgotten.entries(); entry++) {
            meters.late();
        }
        LOG.atInfo()
                .addKeyValue("runId", forgotten.runId())
                .addKeyValue("entries", forgotten.entries())
                .log("run was judged before, what is left of it is let go");
    }
}
