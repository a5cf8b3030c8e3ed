package peagen.bench.service.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.service.syntax.Syntax;

/**
 * The small HTTP server for {@link OperationsRoutes}, for services without an API of their own. Thread-safe.
 */
public final class OperationsServer {

    private static final int IDLE_SECONDS = 60;
    private static final int LONGEST_HEADERS = 16 * 1024;
    private static final int LONGEST_REQUEST_LINE = 8 * 1024;

    private final Optional<HttpServer> server;
    private final Optional<HostPort> address;
    private final boolean encrypted;

    private OperationsServer(Optional<HttpServer> server, Optional<HostPort> address, boolean encrypted) {
        this.server = server;
        this.address = address;
        this.encrypted = encrypted;
    }

    /**
     * The setting {@code http}: {@code host:port}, or a bare port on 127.0.0.1, or {@code off}.
     *
     * @param port the default on 127.0.0.1; 0 takes any free one
     */
    public static Setting<Optional<HostPort>> setting(int port) {
        Function<String, Optional<HostPort>> reader =
                text -> HostPort.parse(text).or(() -> HostPort.parse("127.0.0.1:" + text));
        Syntax<Optional<HostPort>> syntax = Syntax.of(
                        "HOST:PORT", HostPort.EXPECTED + ", a port on 127.0.0.1", reader, HostPort::toString)
                .orWord("off");
        return Setting.of("http", "where health checks and metrics are served; port 0 takes any free one", syntax)
                .defaultsTo(Optional.of(new HostPort("127.0.0.1", port)));
    }

    /**
     * Serves at {@code address}, or does nothing when it is empty.
     *
     * @return fails with {@link CannotListenException} when the address is taken or not ours
     */
    public static Future<OperationsServer> start(
            Vertx vertx, Optional<HostPort> address, Health health, PrometheusMeterRegistry metrics) {
        return start(vertx, address, health, metrics, router -> {});
    }

    /** The same with routes of the service's own, which {@code more} adds. */
    public static Future<OperationsServer> start(
            Vertx vertx,
            Optional<HostPort> address,
            Health health,
            PrometheusMeterRegistry metrics,
            Consumer<Router> more) {
        return start(vertx, address, Optional.empty(), health, metrics, more);
    }

    /**
     * The same, encrypted where there is a certificate, which is read again when its files change.
     *
     * @return fails with {@link CannotListenException} also when the certificate cannot be used
     */
    public static Future<OperationsServer> start(
            Vertx vertx,
            Optional<HostPort> address,
            Optional<TlsFiles> tls,
            Health health,
            PrometheusMeterRegistry metrics,
            Consumer<Router> more) {
        if (address.isEmpty()) {
            return Future.succeededFuture(new OperationsServer(Optional.empty(), Optional.empty(), false));
        }
        Router router = Router.router(vertx);
        OperationsRoutes.addTo(router, health, metrics);
        more.accept(router);
        ProblemDetails.install(router);
        return listen(vertx, address.get(), router, tls).map(server -> {
            tls.ifPresent(files -> files.watch(vertx, server));
            HostPort at = new HostPort(address.get().host(), server.actualPort());
            return new OperationsServer(Optional.of(server), Optional.of(at), tls.isPresent());
        });
    }

    /**
     * Opens an HTTP server for any router.
     *
     * @return fails with {@link CannotListenException} when the address is taken or not ours
     */
    public static Future<HttpServer> listen(Vertx vertx, HostPort address, Router router) {
        return listen(vertx, address, router, Optional.empty());
    }

    private static Future<HttpServer> listen(Vertx vertx, HostPort address, Router router, Optional<TlsFiles> tls) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE);
        tls.ifPresent(files -> options.setSsl(true).setKeyCertOptions(files.options()));
        return vertx.createHttpServer(options)
                .requestHandler(router)
                .listen()
                .recover(cause -> Future.failedFuture(new CannotListenException(address, "--http", cause)));
    }

    /** Where it serves, with the port that was really taken; empty when it is off. */
    public Optional<HostPort> address() {
        return address;
    }

    /** The address of a path, such as {@code /metrics}, for a browser; empty when it is off. */
    public Optional<String> url(String path) {
        return address.map(at -> (encrypted ? "https://" : "http://") + at + path);
    }

    /** Closes the server; completes when it takes no more requests, a moment before the system frees its port. */
    public Future<Void> stop() {
        return server.map(HttpServer::close).orElseGet(Future::succeededFuture);
    }
}
