package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.streams.StreamBroker;

/**
 * What a gatekeeper does beside judging: takes over what dead gatekeepers left behind, and trims its streams to what is still
 * needed. Confined to one context.
 */
public final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final Vertx vertx;
    private final StreamBroker broker;
    private final GatekeeperConfig config;
    private final JudgeLoop loop;
    private long timer = -1;
    private Future<Void> round = Future.succeededFuture();

    /** Upkeep of what {@code loop} reads. */
    public Upkeep(Vertx vertx, StreamBroker broker, GatekeeperConfig config, JudgeLoop loop) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.loop = loop;
    }

    /** Starts looking. */
    public void start() {
        timer = vertx.setPeriodic(config.upkeepEvery().toMillis(), ignored -> {
            if (round.isComplete()) {
                round = round();
            }
        });
    }

    /** Stops looking; completes when the round under way is over, however it ended. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        Promise<Void> over = Promise.promise();
        round.onComplete(ignored -> over.complete());
        return over.future();
    }

    private Future<Void> round() {
        return loop.takeOverFromTheDead()
                .compose(taken -> broker.trim(StreamNames.CONTROL))
                .compose(trimmed -> broker.trim(config.streams().metrics()))
                .onFailure(cause ->
                        LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("upkeep broken off, goes on later"))
                .mapEmpty();
    }
}
