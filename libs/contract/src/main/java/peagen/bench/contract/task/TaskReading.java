package peagen.bench.contract.task;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Phase;

/** One strict read of a task's JSON; fields are filled as keys come, in whatever order they come. */
final class TaskReading {
    /** Kinds become words of a comma separated field and labels of metrics. */
    private static final int MAX_KIND = 64;

    private final JsonParser parser;
    private final byte[] source;
    private String kind = "";
    private String id = "";
    private @Nullable RawJson payload;
    private @Nullable TaskTag tag;
    private @Nullable List<String> requires;
    private int attempts = -1;
    private String createdAt = "";
    private int schemaVersion = -1;
    private @Nullable String unknownKey;

    TaskReading(JsonParser parser, byte[] source) {
        this.parser = parser;
        this.source = source;
    }

    Decoded<TaskEnvelope> envelope() throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            parser.nextToken();
            switch (key) {
                case "kind" -> kind = JsonReading.text(parser, key);
                case "id" -> id = JsonReading.text(parser, key);
                case "payload" -> readPayload();
                case "requires" -> requires = JsonReading.texts(parser, key);
                case "attempts" -> attempts = JsonReading.smallNumber(parser, key);
                case "created_at" -> createdAt = JsonReading.text(parser, key);
                case "schema_v" -> schemaVersion = JsonReading.smallNumber(parser, key);
                default -> {
                    // Not refused yet: the version may stand behind it, and a later one may know the key.
                    unknownKey = unknownKey == null ? key : unknownKey;
                    parser.skipChildren();
                }
            }
        }
        if (parser.nextToken() != null) {
            return new Decoded.Malformed<>("more than one JSON value");
        }
        return checked();
    }

    private Decoded<TaskEnvelope> checked() {
        if (schemaVersion >= 0 && schemaVersion != TaskEnvelope.SCHEMA_VERSION) {
            return new Decoded.Unsupported<>("task", Integer.toString(schemaVersion));
        }
        if (unknownKey != null) {
            return new Decoded.Malformed<>("unknown key '" + unknownKey + "'");
        }
        if (schemaVersion < 0) {
            return new Decoded.Malformed<>(JsonReading.missing("schema_v"));
        }
        if (payload == null || requires == null || kind.isEmpty() || attempts < 0 || createdAt.isEmpty()) {
            return new Decoded.Malformed<>(JsonReading.missing(firstMissing()));
        }
        if (kind.length() > MAX_KIND || kind.indexOf(',') >= 0) {
            return new Decoded.Malformed<>(
                    "key 'kind': got '" + kind + "', expected at most " + MAX_KIND + " characters without comma");
        }
        if (!isTaskId(id)) {
            return new Decoded.Malformed<>("key 'id': got '" + id + "', expected 16 or more digits 0-9a-f");
        }
        return new Decoded.Known<>(
                new TaskEnvelope(kind, id, payload, Optional.ofNullable(tag), requires, attempts, createdAt));
    }

    private void readPayload() throws IOException {
        JsonReading.expect(parser, "payload", JsonToken.START_OBJECT, "an object");
        int start = (int) parser.currentTokenLocation().getByteOffset();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.START_OBJECT && key.equals(TaskTag.PAYLOAD_KEY)) {
                tag = readTag();
            } else {
                parser.skipChildren();
            }
        }
        payload = JsonReading.slice(parser, start, source);
    }

    /** A tag that is not ours to read leaves the task untagged: the payload belongs to the handler. */
    private @Nullable TaskTag readTag() throws IOException {
        String run = "";
        long sequence = -1;
        long due = -1;
        @Nullable Phase phase = null;
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING && key.equals("run")) {
                run = parser.getText();
            } else if (token == JsonToken.VALUE_NUMBER_INT && key.equals("seq")) {
                sequence = longOrMinusOne();
            } else if (token == JsonToken.VALUE_NUMBER_INT && key.equals("due_us")) {
                due = longOrMinusOne();
            } else if (token == JsonToken.VALUE_STRING && key.equals("phase")) {
                phase = Phase.parse(parser.getText()).orElse(null);
            } else {
                parser.skipChildren();
            }
        }
        if (phase == null || run.isEmpty() || sequence < 0 || sequence > 0xffff_ffffL || due < 0) {
            return null;
        }
        return new TaskTag(run, sequence, due, phase);
    }

    private long longOrMinusOne() throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
    }

    private String firstMissing() {
        if (kind.isEmpty()) {
            return "kind";
        }
        if (payload == null) {
            return "payload";
        }
        if (requires == null) {
            return "requires";
        }
        return attempts < 0 ? "attempts" : "created_at";
    }

    private static boolean isTaskId(String id) {
        if (id.length() < 16) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
