package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import peagen.bench.service.http.Body;
import peagen.bench.service.http.OperationsRoutes;

/**
 * {@code GET /openapi.yaml} and {@code GET /docs}, a Swagger UI that comes with the gatekeeper: no file of it is fetched from
 * anywhere else, and its content security policy says so.
 */
final class DocsRoutes {

    private static final String FOLDER = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> FILES = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
            "favicon-32x32.png", "image/png");
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Gatekeeper API</title>
            <link rel="icon" href="docs/favicon-32x32.png">
            <link rel="stylesheet" href="docs/swagger-ui.css">
            </head>
            <body>
            <div id="swagger-ui"></div>
            <script src="docs/swagger-ui-bundle.js"></script>
            <script src="docs/start.js"></script>
            </body>
            </html>
            """;
    private static final String START = """
            SwaggerUIBundle({ url: "openapi.yaml", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });
            """;

    private final Map<String, Buffer> read = new ConcurrentHashMap<>();

    private DocsRoutes() {}

    static void addTo(Router router) {
        DocsRoutes docs = new DocsRoutes();
        Buffer contract = Buffer.buffer(ContractFile.text());
        OperationsRoutes.get(router, "/openapi.yaml").handler(context -> send(context, "application/yaml", contract));
        // The page's links count from /docs: with a slash behind it they would lead nowhere.
        OperationsRoutes.get(router, "/docs").handler(context -> {
            if (context.request().uri().startsWith("/docs/")) {
                context.response()
                        .setStatusCode(308)
                        .putHeader(HttpHeaders.LOCATION, "../docs")
                        .end();
            } else {
                send(context, "text/html; charset=utf-8", Buffer.buffer(PAGE));
            }
        });
        OperationsRoutes.get(router, "/docs/start.js")
                .handler(context -> send(context, "text/javascript; charset=utf-8", Buffer.buffer(START)));
        FILES.forEach((name, type) -> OperationsRoutes.get(router, "/docs/" + name)
                .handler(context -> context.vertx()
                        .executeBlocking(() -> docs.read.computeIfAbsent(name, DocsRoutes::resource), false)
                        .onSuccess(file -> send(context, type, file))
                        .onFailure(context::fail)));
    }

    private static void send(RoutingContext context, String type, Buffer body) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=300");
        Body.send(context.request(), body);
    }

    private static Buffer resource(String name) {
        try (InputStream in = DocsRoutes.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is missing from the class path");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
