package peagen.bench.service.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The end of an answer. Stateless. */
public final class Body {

    private Body() {}

    /**
     * Ends the answer to {@code request} with {@code body}, or, when that was HEAD, with its length alone: over HTTP/2 the server
     * would send it all the same.
     */
    public static Future<Void> send(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    }
}
