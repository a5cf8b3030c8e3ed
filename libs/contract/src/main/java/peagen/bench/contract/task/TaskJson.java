package peagen.bench.contract.task;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import peagen.bench.contract.Decoded;

/** Writes and reads the JSON of a {@link TaskEnvelope}. Stateless; may be used from any thread. */
public final class TaskJson {

    private TaskJson() {}

    /**
     * The JSON of a task that carries a tag and, beside it, {@code padding} bytes of payload. Every top-level key of the
     * contract is written and no other.
     */
    public static byte[] tagged(
            String kind, String id, TaskTag tag, String padding, List<String> requires, String createdAt) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(256 + padding.length());
        try (JsonGenerator json = JsonReading.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("kind", kind);
            json.writeStringField("id", id);
            json.writeObjectFieldStart("payload");
            json.writeObjectFieldStart(TaskTag.PAYLOAD_KEY);
            json.writeStringField("run", tag.runId());
            json.writeNumberField("seq", tag.sequence());
            json.writeNumberField("due_us", tag.intendedStartMicros());
            json.writeStringField("phase", tag.phase().label());
            json.writeEndObject();
            if (!padding.isEmpty()) {
                json.writeStringField("padding", padding);
            }
            json.writeEndObject();
            writeTail(json, requires, 0, createdAt);
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    /** The JSON of {@code task}; its payload is written as it travelled. */
    public static byte[] write(TaskEnvelope task) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(256 + task.payload().utf8().length);
        try (JsonGenerator json = JsonReading.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("kind", task.kind());
            json.writeStringField("id", task.id());
            JsonReading.writeRaw(json, "payload", task.payload(), bytes);
            writeTail(json, task.requires(), task.attempts(), task.createdAt());
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return bytes.toByteArray();
    }

    /** Reads a task as strictly as the real consumers do: every key present, none unknown. */
    public static Decoded<TaskEnvelope> read(byte[] json) {
        try (JsonParser parser = JsonReading.FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Decoded.Malformed<>("not a JSON object: " + excerpt(json));
            }
            return new TaskReading(parser, json).envelope();
        } catch (IOException unreadable) {
            return new Decoded.Malformed<>(JsonReading.reason(unreadable));
        }
    }

    private static void writeTail(JsonGenerator json, List<String> requires, int attempts, String createdAt)
            throws IOException {
        json.writeArrayFieldStart("requires");
        for (String capability : requires) {
            json.writeString(capability);
        }
        json.writeEndArray();
        json.writeNumberField("attempts", attempts);
        json.writeStringField("created_at", createdAt);
        json.writeNumberField("schema_v", TaskEnvelope.SCHEMA_VERSION);
        json.writeEndObject();
    }

    private static String excerpt(byte[] bytes) {
        byte[] start = Arrays.copyOf(bytes, Math.min(bytes.length, 40));
        String text = new String(start, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0
                ? "'" + text + "'"
                : "base64 " + Base64.getEncoder().encodeToString(start);
    }
}
