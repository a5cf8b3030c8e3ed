package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands what stands in a path to the check of vertx-openapi 5.0 as JSON texts. All of it is text by our contract; the check would
 * take a gate that is called 1.0 for a number, and refuse it. Stateless.
 */
final class TextPath implements RequestExtractor {

    private final RequestExtractor withBody = RequestExtractor.withBodyHandler();

    @Override
    public Future<ValidatableRequest> extractValidatableRequest(RoutingContext context, Operation operation) {
        return withBody.extractValidatableRequest(context, operation).map(TextPath::quoted);
    }

    private static ValidatableRequest quoted(ValidatableRequest request) {
        Map<String, RequestParameter> path = new HashMap<>();
        request.getPathParameters()
                .forEach((name, value) -> path.put(name, new RequestParameterImpl(Json.encode(value.getString()))));
        return new ValidatableRequestImpl(
                request.getCookies(),
                request.getHeaders(),
                path,
                request.getQuery(),
                request.getBody(),
                request.getContentType());
    }
}
