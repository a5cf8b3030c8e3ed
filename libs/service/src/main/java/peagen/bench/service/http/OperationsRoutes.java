package peagen.bench.service.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * The routes that every service offers to whoever operates it; a service with an API of its own adds them to its router.
 *
 * <ul>
 *   <li>{@code GET /health/live}: 200 as long as the process answers at all
 *   <li>{@code GET /health/ready}: 200 when every check passes, else 503; the body names each check
 *   <li>{@code GET /metrics}: Prometheus text format, or OpenMetrics for a client that accepts it
 * </ul>
 *
 * <p>{@code HEAD} answers the same without the body.
 */
public final class OperationsRoutes {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final PrometheusMeterRegistry metrics;

    private OperationsRoutes(Health health, PrometheusMeterRegistry metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** Adds the routes to {@code router}. */
    public static void addTo(Router router, Health health, PrometheusMeterRegistry metrics) {
        OperationsRoutes routes = new OperationsRoutes(health, metrics);
        get(router, "/health/live").handler(context -> json(context, 200, new JsonObject().put("status", "up")));
        get(router, "/health/ready").handler(routes::ready);
        get(router, "/metrics").handler(routes::scrape);
    }

    /** A route for GET, and for HEAD, which {@link Body} answers without one. */
    public static Route get(Router router, String path) {
        return router.get(path).method(HttpMethod.HEAD);
    }

    private void ready(RoutingContext context) {
        health.check().onSuccess(outcomes -> {
            boolean up = outcomes.stream().allMatch(Health.Outcome::up);
            json(context, up ? 200 : 503, report(up, outcomes));
        });
    }

    private static JsonObject report(boolean up, List<Health.Outcome> outcomes) {
        JsonArray checks = new JsonArray();
        outcomes.forEach(outcome -> {
            JsonObject check = new JsonObject().put("check", outcome.check()).put("status", status(outcome.up()));
            checks.add(outcome.up() ? check : check.put("detail", outcome.detail()));
        });
        return new JsonObject().put("status", status(up)).put("checks", checks);
    }

    private static String status(boolean up) {
        return up ? "up" : "down";
    }

    private void scrape(RoutingContext context) {
        String accepted = Optional.ofNullable(context.request().getHeader(HttpHeaders.ACCEPT))
                .orElse("");
        String type = accepted.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
        Body.send(context.request(), Buffer.buffer(metrics.scrape(type)));
    }

    private static void json(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Body.send(context.request(), body.toBuffer());
    }
}
