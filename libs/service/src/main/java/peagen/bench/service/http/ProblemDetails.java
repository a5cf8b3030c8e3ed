package peagen.bench.service.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An error for an HTTP client as RFC 9457 wants it, of type {@code about:blank}: the status says what kind it is.
 *
 * @param status HTTP status code, 400 or more
 * @param title the status in words
 * @param detail what was wrong with this request, for a person
 * @param errors which values were wrong; empty when it is not about values
 */
public record ProblemDetails(int status, String title, String detail, List<Fault> errors) {

    private static final int LONGEST_GOT = 100;

    /** A problem that is not about values. */
    public ProblemDetails(int status, String title, String detail) {
        this(status, title, detail, List.of());
    }

    /** Copies the list. */
    public ProblemDetails {
        errors = List.copyOf(errors);
    }

    /**
     * One value that was wrong.
     *
     * @param place where it stands: {@code #/seed}, a JSON pointer into the body, or {@code query/limit}, {@code header/Accept}
     * @param got what was there, cut to 100 characters; empty when nothing was
     * @param expected what should have been, finishing the sentence "expected …"
     */
    public record Fault(String place, String got, String expected) {

        /** Cuts what was got: the caller chose its length. */
        public Fault {
            got = got.length() > LONGEST_GOT ? got.substring(0, LONGEST_GOT - 1) + "…" : got;
        }

        /** {@code #/seed: got 'x', expected a whole number}. */
        public String sentence() {
            return place + ": got " + (got.isEmpty() ? "nothing" : "'" + got + "'") + ", expected " + expected;
        }

        private JsonObject toJson() {
            String key = place.startsWith("#") ? "pointer" : "parameter";
            return new JsonObject().put(key, place).put("got", got).put("expected", expected);
        }
    }

    /** A problem about values: its detail names them all. */
    public static ProblemDetails of(int status, List<Fault> errors) {
        ProblemDetails bare = of(status, errors.stream().map(Fault::sentence).collect(Collectors.joining("; ")));
        return new ProblemDetails(status, bare.title, bare.detail, errors);
    }

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
        context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
        return Body.send(context.request(), toJson().toBuffer());
    }

    /** The body. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        if (!errors.isEmpty()) {
            json.put("errors", new JsonArray(errors.stream().map(Fault::toJson).toList()));
        }
        return json;
    }
}
