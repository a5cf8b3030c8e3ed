package peagen.bench.runner.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import peagen.bench.collector.Collector;
import peagen.bench.collector.CollectorConfig;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.Gatekeeper;
import peagen.bench.gatekeeper.GatekeeperConfig;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.loadgenerator.domain.FarmPlan;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.service.http.Metrics;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.outbox.ServiceLink;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.SyntheticHandler;

/** All services in this JVM, each on an event loop and a broker of its own. */
public final class InProcessFarm implements Farm {

    private final Vertx vertx;
    private final BrokerSource source;
    private final RunSpec spec;
    private final GateFiles gates;
    private final PrometheusMeterRegistry registry = Metrics.registry();
    private final Deque<String> deployments = new ArrayDeque<>();
    private final Generation generation;

    /** A farm for {@code spec} on {@code source}. */
    public InProcessFarm(Vertx vertx, BrokerSource source, RunSpec spec, GateFiles gates) {
        this.vertx = vertx;
        this.source = source;
        this.spec = spec;
        this.gates = gates;
        this.generation = new Generation(source, spec.request());
    }

    @Override
    public Future<Void> start() {
        StreamNames streams = spec.request().streams();
        return linked(
                        Gatekeeper.SERVICE,
                        link -> new Gatekeeper(
                                link.broker(),
                                GatekeeperConfig.defaults(streams, link.producer().name()),
                                link.producer(),
                                gates,
                                registry))
                .compose(ignored -> linked(
                        Collector.SERVICE,
                        link -> new Collector(
                                link.broker(),
                                CollectorConfig.defaults(streams, link.producer().name()),
                                link.producer(),
                                registry,
                                Optional.of(spec.out()))))
                .compose(ignored -> workers(spec.request().scenario().farm(), 0));
    }

    private Future<Void> workers(FarmPlan plan, int started) {
        if (started == plan.workers()) {
            return Future.succeededFuture();
        }
        WorkerConfig config = WorkerConfig.farmDefaults(
                        spec.request().streams(), Producer.uniqueName("worker"))
                .withBatches(plan.claimBatch(), plan.concurrency())
                .withResultsKept(plan.resultsKept());
        long seed = spec.request().seed();
        SyntheticHandler handler = new SyntheticHandler(
                plan.handler().times(plan.serviceTime(), seed), plan.failProbability(), seed);
        return deploy(new ProbedWorker(source, config, handler)).compose(ignored -> workers(plan, started + 1));
    }

    /** Deploys a service that holds one link; the link is closed with the source. */
    private Future<Void> linked(String service, Function<ServiceLink, Deployable> maker) {
        return ServiceLink.open(vertx, source, service).compose(link -> deploy(maker.apply(link)));
    }

    private Future<Void> deploy(Deployable service) {
        return vertx.deployVerticle(service)
                .onSuccess(deployments::push)
                .mapEmpty();
    }

    @Override
    public Future<Void> run() {
        return deploy(generation).compose(ignored -> generation.over());
    }

    @Override
    public void interrupt(String reason) {
        generation.interrupt(reason);
    }

    /** Stops the services in the reverse order of their start: first who makes events, last who judges them. */
    @Override
    public Future<Void> stop() {
        if (deployments.isEmpty()) {
            return Future.succeededFuture();
        }
        return vertx.undeploy(deployments.pop()).transform(ignored -> stop());
    }
}
