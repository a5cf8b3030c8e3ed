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
import peagen.bench.gatekeeper.edge.Chronicle;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.edge.GatekeeperMeters;
import peagen.bench.gatekeeper.edge.JudgeLoop;
import peagen.bench.gatekeeper.edge.Upkeep;
import peagen.bench.gatekeeper.history.domain.HistoryLookup;
import peagen.bench.gatekeeper.store.edge.Leadership;
import peagen.bench.gatekeeper.store.edge.Leadership.Office;
import peagen.bench.gatekeeper.store.edge.Stores;
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
    private final Optional<StoreConfig> store;
    private volatile Optional<Duty> duty = Optional.empty();
    private volatile Optional<Leadership> leadership = Optional.empty();
    private boolean started;

    /**
     * A gatekeeper that remembers nothing but what stands on the streams.
     *
     * @param producer who it is, with the Redis clock
     * @param gates where the gates of the runs' profiles are found
     */
    public Gatekeeper(
            StreamBroker broker, GatekeeperConfig config, Producer producer, GateFiles gates, MeterRegistry registry) {
        this(broker, config, producer, gates, HistoryLookup.NONE, registry);
    }

    /**
     * A gatekeeper that compares runs with those before them, and keeps nothing.
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
        this(broker, config, producer, gates, history, registry, Optional.empty());
    }

    /**
     * A gatekeeper; of several on one store one works, and the others stand by.
     *
     * @param producer who it is, with the Redis clock
     * @param gates where the gates of the runs' profiles are found
     * @param store where runs and verdicts are kept
     */
    public Gatekeeper(
            StreamBroker broker,
            GatekeeperConfig config,
            Producer producer,
            GateFiles gates,
            MeterRegistry registry,
            Optional<StoreConfig> store) {
        this(
                broker,
                config,
                producer,
                gates,
                store.map(kept -> HistoryLookup.in(kept.database().stores().history()))
                        .orElse(HistoryLookup.NONE),
                registry,
                store);
    }

    private Gatekeeper(
            StreamBroker broker,
            GatekeeperConfig config,
            Producer producer,
            GateFiles gates,
            HistoryLookup history,
            MeterRegistry registry,
            Optional<StoreConfig> store) {
        this.history = history;
        this.broker = broker;
        this.config = config;
        this.producer = producer;
        this.gates = gates;
        this.registry = registry;
        this.store = store;
    }

    @Override
    public Future<?> start() {
        GatekeeperMeters meters = new GatekeeperMeters(registry);
        return Future.all(
                        broker.createGroup(StreamNames.CONTROL, GatekeeperConfig.GROUP, EntryId.MIN),
                        broker.createGroup(config.streams().metrics(), GatekeeperConfig.GROUP, EntryId.MIN))
                .compose(groups ->
                        store.map(kept -> lead(kept, meters)).orElseGet(() -> begin(Optional.empty(), meters)))
                .compose(begun -> {
                    started = true;
                    return announce(new RunEvent.ServiceStarted(producer.envelope(Envelope.NO_RUN), SERVICE));
                });
    }

    private Future<Void> lead(StoreConfig kept, GatekeeperMeters meters) {
        Leadership lead = new Leadership(vertx, kept.database(), kept.term(), System::nanoTime, new Office() {
            @Override
            public Future<Void> begin(Stores stores) {
                return Gatekeeper.this.begin(
                        Optional.of(new Memory(vertx, broker, kept, stores, Gatekeeper.this::isLeading)), meters);
            }

            @Override
            public Future<Void> end() {
                Optional<Duty> last = duty;
                duty = Optional.empty();
                return last.map(Duty::end).orElseGet(Future::succeededFuture);
            }
        });
        leadership = Optional.of(lead);
        return lead.start().otherwiseEmpty();
    }

    private Future<Void> begin(Optional<Memory> memory, GatekeeperMeters meters) {
        Chronicle chronicle = memory.<Chronicle>map(Memory::chronicle).orElse(Chronicle.NONE);
        JudgeLoop loop = new JudgeLoop(vertx, broker, config, producer, gates, history, meters, chronicle);
        Duty fresh = new Duty(loop, new Upkeep(vertx, broker, config, loop), memory);
        duty = Optional.of(fresh);
        return fresh.begin();
    }

    @Override
    public Future<?> stop() {
        Future<Void> ended = leadership
                .map(Leadership::stop)
                .orElseGet(() -> duty.map(Duty::end).orElseGet(Future::succeededFuture));
        return started
                ? ended.compose(
                        left -> announce(new RunEvent.ServiceStopped(producer.envelope(Envelope.NO_RUN), SERVICE)))
                : ended;
    }

    /** Whether it reads: not before what was left pending is read again, and not while Redis does not answer. Any thread. */
    public boolean isReading() {
        return duty.filter(Duty::isReading).isPresent();
    }

    /** Whether it does its part: it reads, or stands by for another who leads and can reach the store. Any thread. */
    public boolean isReady() {
        boolean standsBy = leadership
                .filter(lead -> !lead.isLeading() && lead.trouble().isEmpty())
                .isPresent();
        return isReading() || standsBy;
    }

    /** Whether it leads those that share its store; one without a store always does. Any thread. */
    public boolean isLeading() {
        return leadership.map(Leadership::isLeading).orElse(true);
    }

    /** Why the store does not take or give what it should; empty when it does, and without one. Any thread. */
    public Optional<String> storeTrouble() {
        return leadership.flatMap(Leadership::trouble).or(() -> duty.flatMap(Duty::trouble));
    }

    private Future<Void> announce(RunEvent event) {
        return broker.append(StreamNames.CONTROL, RunEvents.encode(event)).mapEmpty();
    }
}
