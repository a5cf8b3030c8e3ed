package peagen.bench.service.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * An error for an HTTP client as RFC 9457 wants it, of type {@code about:blank}: the status says what kind it is.
 *
 * @param status HTTP status code, 400 or more
 * @param title the status in words
 * @param detail what was wrong with this request, for a person
 */
public record ProblemDetails(int status, String title, String detail) {

    /** The media type of the body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem titled with the reason phrase of its status. */
    public static ProblemDetails of(int status, String detail) {
        return new ProblemDetails(status, HttpResponseStatus.valueOf(status).reasonPhrase(), detail);
    }

    /** Makes a router answer unknown paths, wrong methods and its own failures with problem details. */
    public static void install(Router router) {
        router.errorHandler(
                404,
                context -> of(404, "there is nothing at " + context.normalizedPath())
                        .send(context));
        router.errorHandler(
                405,
                context -> of(405, context.request().method() + " is not possible here")
                        .send(context));
        router.errorHandler(
                500,
                context -> of(500, "the request failed; the log of the service says why")
                        .send(context));
    }

    /** Ends a request with this problem; does nothing when the answer is under way already. */
    public Future<Void> send(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return Future.succeededFuture();
        }
        return context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(toJson().toBuffer());
    }

    /** The body. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }
}
