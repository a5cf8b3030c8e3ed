package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.history.domain.Bookmarks;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.streams.StreamBroker;

/**
 * Takes verdicts into the history that stand on the stream and not there: those of gatekeepers without a store, or with another
 * one. Nobody is told of them, because they are old. Goes on where it was left the last time.
 */
public final class TakeIn {

    private static final Logger LOG = LoggerFactory.getLogger(TakeIn.class);
    private static final int PAGE = 200;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final Transactions transactions;
    private final History history;
    private final Bookmarks bookmarks;

    /** From the stream behind {@code broker} into {@code history}. */
    public TakeIn(Vertx vertx, StreamBroker broker, Transactions transactions, History history, Bookmarks bookmarks) {
        this.vertx = vertx;
        this.broker = broker;
        this.transactions = transactions;
        this.history = history;
        this.bookmarks = bookmarks;
    }

    /** Takes in everything that stands there now; answers how many verdicts were new. */
    public Future<Integer> run() {
        return vertx.executeBlocking(() -> bookmarks
                        .find(StreamNames.VERDICTS)
                        .flatMap(EntryId::parse)
                        .map(EntryId::next)
                        .orElse(EntryId.MIN))
                .map(Objects::requireNonNull)
                .compose(from -> from(from, 0));
    }

    private Future<Integer> from(EntryId from, int before) {
        return broker.range(StreamNames.VERDICTS, from, EntryId.MAX, PAGE).compose(page -> {
            if (page.isEmpty()) {
                if (before > 0) {
                    LOG.atInfo().addKeyValue("verdicts", before).log("verdicts of the stream taken into the store");
                }
                return Future.succeededFuture(before);
            }
            EntryId last = page.get(page.size() - 1).id();
            return vertx.executeBlocking(() -> transactions.inTransaction(() -> keep(page, last)))
                    .compose(taken -> from(last.next(), before + taken));
        });
    }

    private int keep(List<StreamEntry> page, EntryId last) {
        int taken = 0;
        for (StreamEntry entry : page) {
            if (VerdictJson.decode(entry.fields()) instanceof Decoded.Known<Verdict>(Verdict verdict)
                    && history.judged(verdict, Instant.ofEpochMilli(entry.id().millis()))) {
                taken++;
            }
        }
        bookmarks.put(StreamNames.VERDICTS, last.toString());
        return taken;
    }
}
