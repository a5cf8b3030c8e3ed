package peagen.bench.contract.task;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;

/** Writes and reads the JSON of a {@link ResultEnvelope}. Stateless; may be used from any thread. */
public final class ResultJson {

    private ResultJson() {}

    /** The JSON of {@code result}, with exactly the keys of the contract. */
    public static byte[] write(ResultEnvelope result) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(160 + result.data().utf8().length);
        try (JsonGenerator json = JsonReading.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("task_id", result.taskId());
            json.writeStringField("status", result.status().label());
            JsonReading.writeRaw(json, "data", result.data(), bytes);
            json.writeStringField("created_at", result.createdAt());
            json.writeNumberField("attempts", result.attempts());
            json.writeEndObject();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    /** Reads a result; unknown keys are passed over, because farms add them freely. */
    public static Decoded<ResultEnvelope> read(byte[] json) {
        try (JsonParser parser = JsonReading.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Decoded.Malformed<>("not a JSON object");
            }
            return envelope(parser, json);
        } catch (IOException unreadable) {
            return new Decoded.Malformed<>(JsonReading.reason(unreadable));
        }
    }

    private static Decoded<ResultEnvelope> envelope(JsonParser parser, byte[] source) throws IOException {
        String taskId = "";
        ResultEnvelope.@Nullable Status status = null;
        RawJson data = RawJson.EMPTY_OBJECT;
        String createdAt = "";
        int attempts = 1;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            switch (key) {
                case "task_id" -> taskId = JsonReading.text(parser, key);
                case "status" -> status = status(JsonReading.text(parser, key));
                case "data" -> data = JsonReading.object(parser, key, source);
                case "created_at" -> createdAt = JsonReading.text(parser, key);
                case "attempts" -> attempts = JsonReading.smallNumber(parser, key);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            return new Decoded.Malformed<>("more than one JSON value");
        }
        if (taskId.isEmpty() || status == null) {
            return new Decoded.Malformed<>(JsonReading.missing(taskId.isEmpty() ? "task_id" : "status"));
        }
        return new Decoded.Known<>(new ResultEnvelope(taskId, status, data, createdAt, attempts));
    }

    private static ResultEnvelope.Status status(String label) throws IOException {
        for (ResultEnvelope.Status status : ResultEnvelope.Status.values()) {
            if (status.label().equals(label)) {
                return status;
            }
        }
        throw new JsonReading.WrongShape("key 'status': got '" + label + "', expected ok, error or skip");
    }
}
