package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import peagen.bench.service.http.Body;

/**
 * What an operation answers.
 *
 * @param body empty for a status that has none
 * @param subject what was changed, for the audit log; empty where the path says it
 * @param note more for the audit log: a reason given
 */
record Answer(int status, Map<String, String> headers, Optional<Buffer> body, String subject, String note) {

    static Answer json(int status, Map<String, Object> body) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                Optional.of(new JsonObject(body).toBuffer()),
                "",
                "");
    }

    static Answer text(int status, String mediaType, String body) {
        return new Answer(status, Map.of("Content-Type", mediaType), Optional.of(Buffer.buffer(body)), "", "");
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), Optional.empty(), "", "");
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, Map.copyOf(more), body, subject, note);
    }

    /** The same with what the audit log shall say. */
    Answer about(String what, String because) {
        return new Answer(status, headers, body, what, because);
    }

    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        if (!headers.containsKey("Cache-Control")) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        body.ifPresentOrElse(sent -> Body.send(request, sent), response::end);
    }
}
