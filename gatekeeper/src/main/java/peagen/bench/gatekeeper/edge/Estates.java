package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.domain.Source;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.PendingEntry;
import peagen.bench.streams.StreamBroker.StaleClaim;

/**
 * What dead gatekeepers left pending. Only entries of others are looked for: this gatekeeper's own are pending for as long as
 * their run lasts, and claiming those again and again would send every delta anew each time. Confined to one context.
 */
final class Estates {

    private static final Logger LOG = LoggerFactory.getLogger(Estates.class);
    private static final int PAGE = 1000;

    private final StreamBroker broker;
    private final GatekeeperConfig config;
    private final Intake intake;

    /** The stretch of a pending entries list in which stale entries of others stand. */
    private record Stretch(EntryId first, EntryId last) {
        private Stretch to(EntryId further) {
            return new Stretch(first, further);
        }
    }

    Estates(StreamBroker broker, GatekeeperConfig config, Intake intake) {
        this.broker = broker;
        this.config = config;
        this.intake = intake;
    }

    /** Takes over what was pending for others long enough; the control stream first, because it says which runs there are. */
    Future<Void> takeOver() {
        return takeOver(Source.CONTROL).compose(control -> takeOver(Source.METRICS));
    }

    private Future<Void> takeOver(Source source) {
        return find(source, EntryId.MIN, Optional.empty())
                .compose(found -> found.map(stretch -> claim(source, stretch.first(), stretch.last()))
                        .orElseGet(Future::succeededFuture));
    }

    private Future<Optional<Stretch>> find(Source source, EntryId from, Optional<Stretch> before) {
        return broker.pending(intake.stream(source), GatekeeperConfig.GROUP, from, EntryId.MAX, PAGE)
                .compose(page -> {
                    Optional<Stretch> found = before;
                    for (PendingEntry entry : page) {
                        if (isAbandoned(entry)) {
                            found = Optional.of(found.map(stretch -> stretch.to(entry.id()))
                                    .orElseGet(() -> new Stretch(entry.id(), entry.id())));
                        }
                    }
                    return page.size() < PAGE
                            ? Future.succeededFuture(found)
                            : find(source, page.get(page.size() - 1).id().next(), found);
                });
    }

    private boolean isAbandoned(PendingEntry entry) {
        return !entry.consumer().equals(config.consumer()) && entry.idle().compareTo(config.staleAfter()) >= 0;
    }

    private Future<Void> claim(Source source, EntryId from, EntryId last) {
        String stream = intake.stream(source);
        StaleClaim claim = new StaleClaim(
                stream, GatekeeperConfig.GROUP, config.consumer(), config.staleAfter(), from, config.readCount());
        return broker.claimStale(claim).compose(claimed -> {
            LOG.atInfo()
                    .addKeyValue("stream", stream)
                    .addKeyValue("entries", claimed.entries().size())
                    .addKeyValue("deleted", claimed.deleted().size())
                    .log("entries of another gatekeeper taken over");
            intake.take(source, List.copyOf(claimed.entries()));
            boolean over =
                    claimed.cursor().equals(EntryId.MIN) || claimed.cursor().compareTo(last) > 0;
            return over ? Future.succeededFuture() : claim(source, claimed.cursor(), last);
        });
    }
}
