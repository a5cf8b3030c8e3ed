package peagen.bench.runner.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peagen.bench.collector.Collector;
import peagen.bench.collector.CollectorConfig;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.Gatekeeper;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.history.domain.HistoryLookup;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.service.http.Metrics;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.outbox.ServiceLink;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.SyntheticHandler;

/**
 * All services in this JVM, each on an event loop and a broker of its own.
 *
 * <p>Every link is made before the service that uses it is deployed, never by the service: what a verticle deploys while it
 * starts is its child, and Vert.x stops children first, so that a service would find its broker closed when it wants to drain.
 */
public final class InProcessFarm implements Farm {

    private final Vertx vertx;
    private final BrokerSource source;
    private final RunSpec spec;
    private final GateFiles gates;
    private final HistoryLookup history;
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private final Deque<Supplier<Future<Void>>> ends = new ArrayDeque<>();
    private final Optional<OwnWorkers> ownWorkers;
    private volatile Future<Void> starting = Future.succeededFuture();
    private final AtomicReference<@Nullable Generation> generation = new AtomicReference<>();

    /**
     * A farm for {@code spec} on {@code source}.
     *
     * @param history the runs that this one is compared with
     */
    public InProcessFarm(Vertx vertx, BrokerSource source, RunSpec spec, GateFiles gates, HistoryLookup history) {
        this.vertx = vertx;
        this.source = source;
        this.spec = spec;
        this.gates = gates;
        this.history = history;
        this.ownWorkers = spec.worker().map(worker -> new OwnWorkers(vertx, source, spec, worker, registry));
    }

    @Override
    public Future<Void> start() {
        starting = services();
        return starting;
    }

    private Future<Void> services() {
        StreamNames streams = spec.request().streams();
        return linked(
                        Gatekeeper.SERVICE,
                        link -> new Gatekeeper(
                                link.broker(),
                                GatekeeperConfig.defaults(
                                        streams, link.producer().name()),
                                link.producer(),
                                gates,
                                history,
                                registry))
                .compose(ignored -> linked(
                        Collector.SERVICE,
                        link -> new Collector(
                                link.broker(),
                                CollectorConfig.defaults(
                                        streams, link.producer().name()),
                                link.producer(),
                                registry,
                                Optional.of(RawRecordConfig.in(spec.out())))))
                .compose(ignored -> ownWorkers
                        .map(this::own)
                        .orElseGet(() -> workers(spec.request().scenario().farm(), 0)));
    }

    private Future<Void> own(OwnWorkers workers) {
        ends.push(workers::stop);
        return workers.start();
    }

    private Future<Void> workers(FarmPlan plan, int started) {
        if (started == plan.workers()) {
            return Future.succeededFuture();
        }
        WorkerConfig config = WorkerConfig.farmDefaults(
                        spec.request().streams(), Producer.uniqueName(ProbedWorker.SERVICE))
                .withBatches(plan.claimBatch(), plan.concurrency())
                .withResultsKept(plan.resultsKept());
        long seed = spec.request().seed();
        SyntheticHandler handler =
                new SyntheticHandler(plan.handler().times(plan.serviceTime(), seed), plan.failProbability(), seed);
        return ProbedWorker.connect(vertx, source, config, handler)
                .compose(worker -> deploy(worker, Optional.empty()))
                .compose(ignored -> workers(plan, started + 1));
    }

    private Future<Void> linked(String service, Function<ServiceLink, Deployable> maker) {
        return ServiceLink.open(vertx, source, service).compose(link -> deploy(maker.apply(link), Optional.of(link)));
    }

    private Future<Void> deploy(Deployable service, Optional<ServiceLink> link) {
        return vertx.deployVerticle(service)
                .onSuccess(deployment -> ends.push(() -> vertx.undeploy(deployment)
                        .eventually(() -> link.map(ServiceLink::close).orElseGet(Future::succeededFuture))))
                .mapEmpty();
    }

    @Override
    public Future<String> run() {
        return linked("load-generator", link -> {
                    Generation made = new Generation(link, spec.request());
                    generation.set(made);
                    return made;
                })
                .compose(ignored -> generation().over())
                .map("the load generator ended");
    }

    private Generation generation() {
        return Optional.ofNullable(generation.get()).orElseThrow();
    }

    @Override
    public void interrupt(String reason) {
        Optional.ofNullable(generation.get()).ifPresent(made -> made.interrupt(reason));
    }

    /** A service of this JVM cannot go away alone; a user's workers can. */
    @Override
    public Future<Void> broken() {
        return ownWorkers.map(OwnWorkers::broken).orElseGet(() -> Future.future(never -> {}));
    }

    /** Stops the services in the reverse order of their start: first who makes events, last who judges them. */
    @Override
    public Future<Void> stop() {
        return starting.transform(started -> stopLast());
    }

    private Future<Void> stopLast() {
        return ends.isEmpty() ? Future.succeededFuture() : ends.pop().get().transform(ended -> stopLast());
    }
}
