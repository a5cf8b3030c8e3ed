package peagen.bench.gatekeeper;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.openapi.contract.OpenAPIContract;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import peagen.bench.gatekeeper.access.edge.AccessRules;
import peagen.bench.gatekeeper.api.domain.VerdictWriter;
import peagen.bench.gatekeeper.api.edge.Api;
import peagen.bench.gatekeeper.api.edge.ApiParts;
import peagen.bench.gatekeeper.api.edge.ApiServer;
import peagen.bench.gatekeeper.api.edge.ApiStores;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.store.edge.Stores;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.OperationsServer;
import peagen.bench.service.http.TlsFiles;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.outbox.ServiceLink;

/** Where a gatekeeper is asked: the API with its store, or without one health and metrics alone. */
record HttpFront(
        Optional<HostPort> address,
        Optional<TlsFiles> tls,
        PrometheusMeterRegistry registry,
        GateFiles gates,
        Optional<Future<OpenAPIContract>> contract) {

    private static final Duration BODY_PATIENCE = Duration.ofSeconds(10);

    /** A front that is open. */
    record Open(Function<String, Optional<String>> urls, Optional<String> docs, Supplier<Future<Void>> stopping) {

        Optional<String> url(String path) {
            return urls.apply(path);
        }

        Future<Void> stop() {
            return stopping.get();
        }
    }

    /** A front that is going to be opened; begins to read the API's contract where {@code stored} says that there is an API. */
    static HttpFront of(
            Vertx vertx,
            Optional<HostPort> address,
            Optional<TlsFiles> tls,
            PrometheusMeterRegistry registry,
            GateFiles gates,
            boolean stored) {
        Optional<Future<OpenAPIContract>> contract =
                address.filter(at -> stored).map(at -> Api.contract(vertx));
        return new HttpFront(address, tls, registry, gates, contract);
    }

    Future<Open> open(Vertx vertx, AccessRules access, Health health, ServiceLink link, Optional<StoreConfig> store) {
        if (store.isEmpty() || contract.isEmpty()) {
            return OperationsServer.start(vertx, address, tls, health, registry, router -> {})
                    .map(server -> new Open(server::url, Optional.empty(), server::stop));
        }
        ApiServer server = new ApiServer(
                address,
                tls,
                health,
                registry,
                parts(contract.get(), access, link, store.get().database()));
        return vertx.deployVerticle(server)
                .map(deployment -> new Open(server::url, server.url("/docs"), () -> vertx.undeploy(deployment)));
    }

    private ApiParts parts(Future<OpenAPIContract> read, AccessRules access, ServiceLink link, Database database) {
        return new ApiParts(
                read,
                stores(database),
                link.broker(),
                link.producer(),
                gates,
                access,
                VerdictWriter.all(),
                new SecureRandom(),
                Clock.systemUTC(),
                BODY_PATIENCE);
    }

    private static ApiStores stores(Database database) {
        Stores stores = database.stores();
        return new ApiStores(
                stores.transactions(),
                stores.history(),
                stores.subscriptions(),
                stores.deliveries(),
                database.tokens(),
                database.audit(),
                database.requestKeys());
    }
}
