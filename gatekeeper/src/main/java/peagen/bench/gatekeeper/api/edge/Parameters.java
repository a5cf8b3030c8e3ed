package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands a request to the check of vertx-openapi 5.0, texts among its parameters as JSON texts. Left to itself, the check decodes
 * them once more than they were encoded, and reads them as JSON: a gate that is called 1.0 is a number to it, {@code a+b} is
 * {@code a b}, and a weak or a second ETag is no JSON. Our parameters are texts and whole numbers. Stateless.
 */
final class Parameters implements RequestExtractor {

    @Override
    public Future<ValidatableRequest> extractValidatableRequest(RoutingContext context, Operation operation) {
        return Future.succeededFuture(new ValidatableRequestImpl(
                in(Location.COOKIE, context, operation),
                in(Location.HEADER, context, operation),
                in(Location.PATH, context, operation),
                in(Location.QUERY, context, operation),
                new RequestParameterImpl(context.body().buffer()),
                context.request().getHeader(HttpHeaders.CONTENT_TYPE)));
    }

    private static Map<String, RequestParameter> in(Location place, RoutingContext context, Operation operation) {
        Map<String, RequestParameter> found = new HashMap<>();
        for (Parameter parameter : operation.getParameters()) {
            if (parameter.getIn() == place) {
                String given = given(context, place, parameter.getName());
                boolean text = given != null && parameter.getSchemaType() != SchemaType.INTEGER;
                found.put(parameter.getName(), new RequestParameterImpl(text ? Json.encode(given) : given));
            }
        }
        return found;
    }

    private static @Nullable String given(RoutingContext context, Location place, String name) {
        return switch (place) {
            case PATH -> context.pathParam(name);
            case QUERY -> context.request().getParam(name);
            case HEADER -> context.request().getHeader(name);
            case COOKIE -> throw new IllegalStateException("no operation takes cookie " + name);
        };
    }
}
