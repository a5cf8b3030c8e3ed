package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
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

    private final BrokerSource source;
    private final WorkerConfig config;
    private final SyntheticHandler handler;
    private Future<Parts> parts = Future.failedFuture("not started");

    private record Parts(ServiceLink link, StreamBroker farm, InProcessProbe probe, Worker worker) {}

    /** A worker that connects to {@code source}, twice: once for its work, once for the probe's events. */
    public ProbedWorker(BrokerSource source, WorkerConfig config, SyntheticHandler handler) {
        this.source = source;
        this.config = config;
        this.handler = handler;
    }

    @Override
    public Future<?> start() {
        parts = ServiceLink.open(vertx, source, "probe-agent").compose(link -> source.connect()
                .map(farm -> {
                    InProcessProbe probe =
                            new InProcessProbe(vertx, farm, link.broker(), config.streams(), link.producer());
                    return new Parts(link, farm, probe, new Worker(vertx, probe.broker(), config, handler));
                }));
        return parts.compose(running -> running.worker().start().compose(ignored -> announce(
                running, new RunEvent.ServiceStarted(running.link().producer().envelope(Envelope.NO_RUN), SERVICE))));
    }

    @Override
    public Future<?> stop() {
        return parts.compose(running -> running.worker()
                .stop()
                .eventually(() -> running.probe().close(FLUSH_LIMIT))
                .eventually(() -> announce(
                        running,
                        new RunEvent.ServiceStopped(
                                running.link().producer().envelope(Envelope.NO_RUN), SERVICE)))
                .eventually(running.link()::close)
                .eventually(running.farm()::close));
    }

    private static Future<Void> announce(Parts running, RunEvent event) {
        return running.link()
                .broker()
                .append(StreamNames.CONTROL, RunEvents.encode(event))
                .mapEmpty();
    }
}
