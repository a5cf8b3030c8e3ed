package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import peagen.bench.gatekeeper.access.domain.Caller;
import peagen.bench.gatekeeper.access.edge.Guard;
import peagen.bench.service.http.ProblemDetails.Fault;

/** A request that fits the contract, of a caller who may. To be read on the event loop alone. */
final class Ask {

    private static final int PAGE = 50;

    private final RoutingContext context;

    Ask(RoutingContext context) {
        this.context = context;
    }

    Caller caller() {
        return Guard.caller(context);
    }

    String address() {
        return Guard.address(context.request());
    }

    /** {@code POST /api/v1/runs}. */
    String action() {
        return context.request().method() + " " + context.request().path();
    }

    String path(String name) {
        return Objects.requireNonNull(context.pathParam(name), name);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(context.request().getParam(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(context.request().getHeader(name));
    }

    int limit() {
        return query("limit").map(Integer::parseInt).orElse(PAGE);
    }

    /** A time of the query. The contract knows its shape; the 30th of February has it too. */
    Optional<Instant> time(String name) {
        return query(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException noTime) {
                throw ProblemException.of(
                        400, new Fault("query/" + name, text, "a time in UTC such as 2026-08-01T12:00:00Z"));
            }
        });
    }

    JsonObject body() {
        return Objects.requireNonNull(context.body().asJsonObject(), "body");
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(body().getString(key));
    }

    /** A whole number of the body. JSON writes some in ways that no long takes. */
    Optional<Long> number(String key) {
        return Optional.ofNullable(body().getNumber(key)).map(number -> {
            try {
                return new BigDecimal(number.toString()).longValueExact();
            } catch (ArithmeticException | NumberFormatException noLong) {
                throw ProblemException.of(422, new Fault("#/" + key, number.toString(), "a whole number of 64 bits"));
            }
        });
    }

    boolean flag(String key, boolean otherwise) {
        return body().getBoolean(key, otherwise);
    }

    /** Runs {@code action} when the caller hangs up before the answer. */
    void onGone(Runnable action) {
        context.response().closeHandler(closed -> action.run());
    }
}
