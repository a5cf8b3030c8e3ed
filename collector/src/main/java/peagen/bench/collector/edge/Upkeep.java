package peagen.bench.collector.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import peagen.bench.collector.CollectorConfig;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.StaleClaim;

/**
 * What a collector does beside folding: looks how far the group lags, trims the events stream to what some group still needs,
 * takes over what dead collectors left behind, and takes their names off the group when nothing of theirs is left. Confined to one context.
 */
public final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final CollectorConfig config;
    private final FoldLoop loop;
    private final LongSupplier nanoTime;
    private long nextForgetNanos;
    private boolean mayForget = true;
    private long timer = -1;
    private int failures;
    private Future<Void> round = Future.succeededFuture();

    /** The upkeep that goes with {@code loop}. */
    public Upkeep(Vertx vertx, StreamBroker broker, CollectorConfig config, FoldLoop loop, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.nextForgetNanos = nanoTime.getAsLong();
    }

    /** Starts its rounds. */
    public void start() {
        timer = vertx.setPeriodic(EVERY.toMillis(), ignored -> {
            if (round.isComplete()) {
                round = round();
            }
        });
    }

    /** Starts no further round; completes when the present one is over. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        Promise<Void> over = Promise.promise();
        round.onComplete(ignored -> over.complete());
        return over.future();
    }

    private Future<Void> round() {
        String events = config.streams().events();
        return broker.groupInfo(events, StreamNames.COLLECTORS)
                .onSuccess(info -> loop.lag(info.lag()))
                .compose(info -> broker.trim(events))
                .compose(trimmed -> loop.hasRoom() ? claim(EntryId.MIN, 0) : Future.succeededFuture())
                .compose(claimed -> forget())
                .onSuccess(done -> failures = 0)
                .onFailure(cause -> LOG.atLevel(failures++ == 0 ? Level.WARN : Level.DEBUG)
                        .addKeyValue("stream", events)
                        .addKeyValue("cause", cause.getMessage())
                        .log("upkeep broken off, goes on later"));
    }

    /** Walks the whole pending entries list: a stale entry may lie behind many that are not. */
    private Future<Void> claim(EntryId cursor, int before) {
        long asked = nanoTime.getAsLong();
        StaleClaim stale = new StaleClaim(
                config.streams().events(),
                StreamNames.COLLECTORS,
                config.consumer(),
                config.staleAfter(),
                cursor,
                config.readCount());
        return broker.claimStale(stale).compose(claimed -> {
            loop.takeOver(claimed.entries(), asked);
            int taken = before + claimed.entries().size();
            boolean more = !claimed.cursor().equals(EntryId.MIN) && taken < config.commitEntries();
            return more ? claim(claimed.cursor(), taken) : Future.succeededFuture();
        });
    }

    private Future<Void> forget() {
        if (!mayForget || nanoTime.getAsLong() - nextForgetNanos < 0) {
            return Future.succeededFuture();
        }
        nextForgetNanos = nanoTime.getAsLong() + FORGET_EVERY.toNanos();
        String events = config.streams().events();
        return broker.removeConsumers(events, StreamNames.COLLECTORS, config.forgetAfter())
                .onSuccess(removed -> {
                    if (removed > 0) {
                        LOG.atInfo()
                                .addKeyValue("stream", events)
                                .addKeyValue("group", StreamNames.COLLECTORS)
                                .addKeyValue("consumers", removed)
                                .log("names of collectors that are gone taken off the group");
                    }
                })
                .<Void>mapEmpty()
                .recover(this::keepNames);
    }

    /** A server that runs no scripts will not do so in a minute either: it is said once, and the names stay. */
    private Future<Void> keepNames(Throwable cause) {
        boolean forbidden = cause instanceof BrokerException refused
                && (refused.reason() == Reason.UNAUTHORIZED || refused.reason() == Reason.UNSUPPORTED_SERVER);
        if (!forbidden) {
            return Future.failedFuture(cause);
        }
        mayForget = false;
        LOG.atWarn()
                .addKeyValue("stream", config.streams().events())
                .addKeyValue("group", StreamNames.COLLECTORS)
                .addKeyValue("cause", cause.getMessage())
                .log("names of collectors that are gone stay in the group");
        return Future.succeededFuture();
    }
}
