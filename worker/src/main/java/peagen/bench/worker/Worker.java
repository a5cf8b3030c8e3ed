package peagen.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.StreamBroker;
import peagen.bench.worker.domain.SyntheticHandler;
import peagen.bench.worker.edge.ClaimLoop;
import peagen.bench.worker.edge.OrphanPatrol;

/**
 * The reference worker: claims, works, answers, acknowledges and deletes as the farm's contract says. Undeploying it stops the
 * claiming and answers what is in hand; what Redis does not take then stays pending. The broker is its owner's to close.
 *
 * <p>As in the farm, nothing renews a claim: a task that is in hand for longer than {@link WorkerConfig#orphanIdle} counts as
 * left behind and is executed again.
 */
public final class Worker extends VerticleBase {

    private final StreamBroker broker;
    private final WorkerConfig config;
    private final ClaimLoop claims;
    private final OrphanPatrol patrol;

    /** A worker on {@code broker}, which may be probed without the worker knowing. */
    public Worker(Vertx vertx, StreamBroker broker, WorkerConfig config, SyntheticHandler handler) {
        this.broker = broker;
        this.config = config;
        this.claims = new ClaimLoop(vertx, broker, config, handler, Clock.systemUTC());
        this.patrol = new OrphanPatrol(vertx, broker, config, Clock.systemUTC());
    }

    @Override
    public Future<?> start() {
        return broker.createGroup(config.streams().tasks(), config.streams().group(), EntryId.MIN)
                .onSuccess(ignored -> {
                    claims.start();
                    patrol.start();
                });
    }

    @Override
    public Future<?> stop() {
        return Future.join(claims.stop(), patrol.stop());
    }
}
