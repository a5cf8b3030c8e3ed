package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.Json;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.service.http.ProblemDetails;
import peagen.bench.service.http.ProblemDetails.Fault;
import peagen.bench.streams.BrokerException;

/** Makes problem details of whatever went wrong with a request. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Pattern PARAMETER =
            Pattern.compile("of (query|path|header) parameter (\\S+) (?:is|can't|doesn't)");
    private static final Pattern MISSING = Pattern.compile("required (query|path|header) parameter (\\S+)");
    private static final Pattern NO_PROPERTY = Pattern.compile("required property \"([^\"]+)\"");
    private static final Pattern SUMMARY = Pattern.compile("does not match (schema|additional)|sub-?schema had errors");
    private static final String OPERATION = "operationModel";

    private final ContractWords words;

    Failures(ContractWords words) {
        this.words = words;
    }

    /** Remembers of which operation a request is, for the words of its problems. */
    static void remember(RoutingContext context, String operationId) {
        context.put(OPERATION, operationId);
    }

    /** Answers a request that failed. */
    void handle(RoutingContext context) {
        ProblemDetails problem = problem(context);
        if (problem.status() == 503) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        boolean first = context.request().version() != HttpVersion.HTTP_2;
        if (first && (problem.status() == 413 || problem.status() == 408)) {
            // What is still on its way is not read.
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        problem.send(context);
    }

    private ProblemDetails problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure == null) {
            return bare(context.statusCode(), context);
        }
        Throwable cause = failure.getCause() instanceof ValidatorException ? failure.getCause() : failure;
        return switch (cause) {
            case ProblemException expected -> expected.problem();
            case ValidatorException invalid -> invalid(invalid, context);
            case StoreException store -> unavailable("the store does not answer as it should", cause, context);
            case BrokerException broker -> unavailable("Redis does not answer as it should", cause, context);
            default ->
                context.statusCode() == 500 || context.statusCode() == -1
                        ? unexpected(cause, context)
                        : bare(context.statusCode(), context);
        };
    }

    private static ProblemDetails bare(int status, RoutingContext context) {
        return switch (status) {
            case 404 -> ProblemDetails.of(404, "there is nothing at " + context.normalizedPath());
            case 405 -> ProblemDetails.of(405, context.request().method() + " is not possible here");
            case 408 -> ProblemDetails.of(408, "the body did not come in time");
            case 413 -> ProblemDetails.of(413, "the body is too long, expected at most 64 KiB");
            default -> ProblemDetails.of(status < 400 ? 500 : status, "the request cannot be answered");
        };
    }

    private static ProblemDetails unavailable(String what, Throwable cause, RoutingContext context) {
        LOG.atWarn()
                .addKeyValue("path", context.normalizedPath())
                .addKeyValue("cause", String.valueOf(cause.getMessage()))
                .log("request cannot be answered at present");
        return ProblemDetails.of(503, what + "; the log of the gatekeeper says why");
    }

    private static ProblemDetails unexpected(Throwable cause, RoutingContext context) {
        LOG.atError()
                .setCause(cause)
                .addKeyValue("path", context.normalizedPath())
                .log("request failed");
        return ProblemDetails.of(500, "the request failed; the log of the gatekeeper says why");
    }

    private ProblemDetails invalid(ValidatorException invalid, RoutingContext context) {
        String said = String.valueOf(invalid.getMessage());
        Matcher parameter = PARAMETER.matcher(said);
        if (parameter.find()) {
            return ProblemDetails.of(400, List.of(parameter(parameter.group(1), parameter.group(2), context)));
        }
        Matcher missing = MISSING.matcher(said);
        if (missing.find()) {
            return ProblemDetails.of(400, List.of(parameter(missing.group(1), missing.group(2), context)));
        }
        if (invalid instanceof SchemaValidationException body) {
            return ProblemDetails.of(422, List.of(inBody(body.getOutputUnit(), context)));
        }
        return switch (invalid.type()) {
            case UNSUPPORTED_VALUE_FORMAT ->
                ProblemDetails.of(
                        415,
                        List.of(new Fault(
                                "header/Content-Type",
                                given(context.request().getHeader(HttpHeaders.CONTENT_TYPE)),
                                "application/json")));
            case MISSING_REQUIRED_PARAMETER ->
                ProblemDetails.of(400, List.of(new Fault("#", "", "a body, a JSON object")));
            case ILLEGAL_VALUE -> ProblemDetails.of(400, "the body is not JSON, or a parameter is not URL-encoded");
            default -> ProblemDetails.of(400, "the request is not understood");
        };
    }

    private Fault parameter(String in, String name, RoutingContext context) {
        String got = switch (in) {
            case "query" -> given(context.request().getParam(name));
            case "header" -> given(context.request().getHeader(name));
            default -> given(context.pathParam(name));
        };
        return new Fault(in + "/" + name, got, words.parameter(operation(context), name));
    }

    private Fault inBody(OutputUnit unit, RoutingContext context) {
        // The deepest place is the very value; errors about what holds it come with it.
        OutputUnit deepest = unit.getErrors().stream()
                .max(Comparator.comparingInt((OutputUnit error) ->
                                error.getInstanceLocation().length())
                        .thenComparing(
                                error -> !SUMMARY.matcher(error.getError()).find()))
                .orElse(unit);
        String pointer = Optional.ofNullable(deepest.getInstanceLocation()).orElse("#");
        Matcher property = NO_PROPERTY.matcher(String.valueOf(deepest.getError()));
        String place = property.find() ? pointer + "/" + property.group(1) : pointer;
        return new Fault(place, valueAt(place, context), words.inBody(operation(context), place));
    }

    private static String valueAt(String pointer, RoutingContext context) {
        Object body = Json.decodeValue(context.body().buffer());
        Object value = pointer.length() < 2
                ? body
                : JsonPointer.from(pointer.substring(1)).queryJson(body);
        return value == null ? "" : String.valueOf(value);
    }

    private static String operation(RoutingContext context) {
        return Objects.requireNonNull(context.<String>get(OPERATION), OPERATION);
    }

    private static String given(@Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }
}
