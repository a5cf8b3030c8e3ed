package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.probeagent.InProcessProbe;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.ServiceLink;
import peagen.bench.worker.Worker;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.SyntheticHandler;

/**
 * A reference worker with a probe in its own process. Neither knows of the other: the worker is given a door to the streams that
 * happens to be watched.
 */
public final class ProbedWorker extends VerticleBase {

    /** What a probed worker calls itself on the control stream. */
    public static final String SERVICE = "worker";

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(20);

    private final ServiceLink link;
    private final StreamBroker farm;
    private final WorkerConfig config;
    private final SyntheticHandler handler;
    private Optional<Parts> parts = Optional.empty();

    private record Parts(InProcessProbe probe, Worker worker) {}

    private ProbedWorker(ServiceLink link, StreamBroker farm, WorkerConfig config, SyntheticHandler handler) {
        this.link = link;
        this.farm = farm;
        this.config = config;
        this.handler = handler;
    }

    /**
     * Connects to {@code source}, twice, once for the work and once for the probe's events, and makes a worker of it. To be
     * called before it is deployed and not from within: brokers that a verticle makes are stopped before it is.
     */
    public static Future<ProbedWorker> connect(
            Vertx vertx, BrokerSource source, WorkerConfig config, SyntheticHandler handler) {
        return ServiceLink.open(vertx, source, "probe-agent")
                .compose(link -> source.connect().map(farm -> new ProbedWorker(link, farm, config, handler)));
    }

    @Override
    public Future<?> start() {
        InProcessProbe probe =
                new InProcessProbe(vertx, farm, link.broker(), config.streams(), link.producer(), config.workerClass());
        Worker worker = new Worker(vertx, probe.broker(), config, handler);
        parts = Optional.of(new Parts(probe, worker));
        return worker.start()
                .compose(ignored ->
                        announce(new RunEvent.ServiceStarted(link.producer().envelope(Envelope.NO_RUN), SERVICE)));
    }

    /** Stops claiming, answers what is in hand, sends what was observed, and closes the connections. */
    @Override
    public Future<?> stop() {
        return parts.map(ProbedWorker::drained)
                .orElseGet(Future::succeededFuture)
                .eventually(() ->
                        announce(new RunEvent.ServiceStopped(link.producer().envelope(Envelope.NO_RUN), SERVICE)))
                .eventually(link::close)
                .eventually(farm::close);
    }

    private static Future<Void> drained(Parts running) {
        return running.worker()
                .stop()
                .<Void>mapEmpty()
                .eventually(() -> running.probe().close(FLUSH_LIMIT));
    }

    private Future<Void> announce(RunEvent event) {
        return link.broker()
                .append(StreamNames.CONTROL, RunEvents.encode(event))
                .mapEmpty();
    }
}
