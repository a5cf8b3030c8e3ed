package peagen.bench.collector.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import peagen.bench.collector.domain.QueueLook;
import peagen.bench.service.http.ProblemDetails;
import peagen.bench.service.syntax.DurationText;
import peagen.bench.service.syntax.Quoted;

/**
 * What an autoscaler asks: how much there is to do, as numbers in JSON.
 *
 * <ul>
 *   <li>{@code GET /queue}: the task stream
 *   <li>{@code GET /queue/<stream>}: any stream that a group works off
 * </ul>
 *
 * <p>503 when the numbers are older than three intervals: nobody should act on them.
 */
public final class QueueRoutes {

    private final QueueWatch watch;

    private QueueRoutes(QueueWatch watch) {
        this.watch = watch;
    }

    /** Adds the routes to {@code router}. */
    public static void addTo(Router router, QueueWatch watch) {
        QueueRoutes routes = new QueueRoutes(watch);
        router.get("/queue").handler(context -> routes.answer(context, watch.tasks()));
        router.get("/queue/:stream")
                .handler(
                        context -> routes.answer(context, Objects.requireNonNullElse(context.pathParam("stream"), "")));
    }

    private void answer(RoutingContext context, String stream) {
        if (!watch.isQueue(stream)) {
            ProblemDetails.of(404, "no stream is watched that is called " + Quoted.of(stream))
                    .send(context);
            return;
        }
        Optional<QueueLook> look = watch.recent(stream);
        if (look.isEmpty()) {
            String late = "the last look at " + stream + " that succeeded is older than "
                    + DurationText.format(watch.patience());
            ProblemDetails.of(503, late).send(context);
            return;
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(json(look.get()).toBuffer());
    }

    private JsonObject json(QueueLook look) {
        return new JsonObject()
                .put("stream", look.stream())
                .put("group", look.group().orElse(""))
                .put("waiting", look.waiting())
                .put("claimed", look.claimed())
                .put("tasks", look.tasks())
                .put(
                        "oldestPendingIdleSeconds",
                        seconds(look.oldestPendingIdle().orElse(Duration.ZERO)))
                .put("ageSeconds", seconds(watch.age(look)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
