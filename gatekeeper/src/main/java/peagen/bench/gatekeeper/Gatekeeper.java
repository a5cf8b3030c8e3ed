package peagen.bench.gatekeeper;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.edge.GatekeeperMeters;
import peagen.bench.gatekeeper.edge.JudgeLoop;
import peagen.bench.gatekeeper.edge.Upkeep;
import peagen.bench.gatekeeper.history.domain.HistoryLookup;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/**
 * A gatekeeper: judges every run when it has ended. One at a time may work on a control stream. Undeploying it says what was
 * decided; what open runs need stays pending for the next gatekeeper. The broker is its owner's to close.
 */
public final class Gatekeeper extends VerticleBase {

    /** What a gatekeeper calls itself on the control stream. */
    public static final String SERVICE = "gatekeeper";

    private final StreamBroker broker;
    private final GatekeeperConfig config;
    private final Producer producer;
    private final GateFiles gates;
    private final HistoryLookup history;
    private final MeterRegistry registry;
    private volatile Optional<Parts> parts = Optional.empty();

    private record Parts(JudgeLoop loop, Upkeep upkeep) {}

    /**
     * A gatekeeper.
     *
     * @param producer who it is, with the Redis clock
     * @param gates where the gates of the runs' profiles are found
     */
    public Gatekeeper(
            StreamBroker broker, GatekeeperConfig config, Producer producer, GateFiles gates, MeterRegistry registry) {
        this(broker, config, producer, gates, HistoryLookup.NONE, registry);
    }

    /**
     * A gatekeeper that compares runs with those before them.
     *
     * @param history where these are found
     */
    public Gatekeeper(
            StreamBroker broker,
            GatekeeperConfig config,
            Producer producer,
            GateFiles gates,
            HistoryLookup history,
            MeterRegistry registry) {
        this.history = history;
        this.broker = broker;
        this.config = config;
        this.producer = producer;
        this.gates = gates;
        this.registry = registry;
    }

    @Override
    public Future<?> start() {
        GatekeeperMeters meters = new GatekeeperMeters(registry);
        JudgeLoop loop = new JudgeLoop(vertx, broker, config, producer, gates, history, meters);
        Upkeep upkeep = new Upkeep(vertx, broker, config, loop);
        return Future.all(
                        broker.createGroup(StreamNames.CONTROL, GatekeeperConfig.GROUP, EntryId.MIN),
                        broker.createGroup(config.streams().metrics(), GatekeeperConfig.GROUP, EntryId.MIN))
                .compose(groups -> loop.start())
                .compose(reading -> {
                    upkeep.start();
                    parts = Optional.of(new Parts(loop, upkeep));
                    return announce(new RunEvent.ServiceStarted(producer.envelope(Envelope.NO_RUN), SERVICE));
                });
    }

    @Override
    public Future<?> stop() {
        return parts.map(running -> running.upkeep()
                        .stop()
                        .compose(ended -> running.loop().stop())
                        .compose(left ->
                                announce(new RunEvent.ServiceStopped(producer.envelope(Envelope.NO_RUN), SERVICE))))
                .orElseGet(Future::succeededFuture);
    }

    /** Whether it reads: not before what was left pending is read again, and not while Redis does not answer. Any thread. */
    public boolean isReading() {
        return parts.filter(running -> running.loop().isReading()).isPresent();
    }

    private Future<Void> announce(RunEvent event) {
        return broker.append(StreamNames.CONTROL, RunEvents.encode(event)).mapEmpty();
    }
}
