package peagen.bench.gatekeeper.api.edge;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.util.Optional;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.gatekeeper.access.edge.NoAccessException;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.OperationsServer;
import peagen.bench.service.http.TlsFiles;
import peagen.bench.service.syntax.HostPort;

/**
 * The gatekeeper's HTTP server: the API, health and metrics. A verticle of its own, so that it has an event loop of its own and
 * folding does not stand in the way of answering.
 */
public final class ApiServer extends VerticleBase {

    private final Optional<HostPort> address;
    private final Optional<TlsFiles> tls;
    private final Health health;
    private final PrometheusMeterRegistry metrics;
    private final ApiParts parts;
    private volatile Optional<Running> running = Optional.empty();

    private record Running(Api api, OperationsServer server) {}

    /**
     * A server.
     *
     * @param address where it listens; empty for nowhere. An address that others can reach needs a token or an access file, and
     *     then nobody is let in without credentials: the start fails with {@link NoAccessException} otherwise
     */
    public ApiServer(
            Optional<HostPort> address,
            Optional<TlsFiles> tls,
            Health health,
            PrometheusMeterRegistry metrics,
            ApiParts parts) {
        this.address = address;
        this.tls = tls;
        this.health = health;
        this.metrics = metrics;
        this.parts = parts;
    }

    /** Whether only this machine can reach {@code address}. */
    public static boolean isLoopback(HostPort address) {
        String host = address.host();
        return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.matches("\\[?::1]?");
    }

    @Override
    public Future<?> start() {
        return mayListen()
                .compose(allowed -> Api.create(vertx, parts))
                .compose(api -> OperationsServer.start(vertx, address, tls, health, metrics, api::addTo)
                        .map(server -> {
                            running = Optional.of(new Running(api, server));
                            return server;
                        }));
    }

    private Future<Void> mayListen() {
        boolean open = address.filter(at -> !isLoopback(at)).isPresent();
        if (!open || parts.access().trust().isPresent()) {
            return Future.succeededFuture();
        }
        TokenStore tokens = parts.stores().tokens();
        Instant now = parts.clock().instant();
        return vertx.executeBlocking(() -> tokens.all().stream().anyMatch(token -> token.usable(now)))
                .compose(any -> Boolean.TRUE.equals(any)
                        ? Future.succeededFuture()
                        : Future.failedFuture(new NoAccessException(address.orElseThrow())));
    }

    @Override
    public Future<?> stop() {
        return running.<Future<?>>map(up -> up.api().close().eventually(up.server()::stop))
                .orElseGet(Future::succeededFuture);
    }

    /** The address of a path, such as {@code /metrics}; empty when it is off or not yet up. Any thread. */
    public Optional<String> url(String path) {
        return running.flatMap(up -> up.server().url(path));
    }

    /** Where it serves, with the port that was really taken; empty when it is off. Any thread. */
    public Optional<HostPort> at() {
        return running.flatMap(up -> up.server().address());
    }
}
