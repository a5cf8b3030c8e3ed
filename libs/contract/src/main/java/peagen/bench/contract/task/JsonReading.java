package peagen.bench.contract.task;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Streaming reads that both envelopes share: typed values that say which key was wrong, and raw slices. */
final class JsonReading {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // UTF-8 and nothing else: in UTF-16 and UTF-32 the parser does not know byte offsets, and slices need them.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    /** The JSON is well formed but is not the envelope; the message names the key. */
    static final class WrongShape extends IOException {
        private static final long serialVersionUID = 1L;

        WrongShape(String message) {
            super(message);
        }
    }

    private JsonReading() {}

    static String text(JsonParser parser, String key) throws IOException {
        expect(parser, key, JsonToken.VALUE_STRING, "a string");
        return parser.getText();
    }

    static long wholeNumber(JsonParser parser, String key) throws IOException {
        expect(parser, key, JsonToken.VALUE_NUMBER_INT, "a whole number");
        return parser.getLongValue();
    }

    static int smallNumber(JsonParser parser, String key) throws IOException {
        long value = wholeNumber(parser, key);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new WrongShape("key '%s': got %d, expected 0 to 2147483647".formatted(key, value));
        }
        return (int) value;
    }

    static List<String> texts(JsonParser parser, String key) throws IOException {
        expect(parser, key, JsonToken.START_ARRAY, "an array of strings");
        List<String> texts = new ArrayList<>(2);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(parser, key));
        }
        return texts;
    }

    /** The object that the parser stands on, as the bytes of {@code source} that it covers; leaves the parser on its end. */
    static RawJson object(JsonParser parser, String key, byte[] source) throws IOException {
        expect(parser, key, JsonToken.START_OBJECT, "an object");
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return slice(parser, start, source);
    }

    /** The bytes from {@code start} to the end of the token that the parser stands on. */
    static RawJson slice(JsonParser parser, int start, byte[] source) {
        return new RawJson(
                Arrays.copyOfRange(source, start, (int) parser.currentLocation().getByteOffset()));
    }

    /** Writes {@code value} as the bytes that it is: through a string, what is no sound UTF-8 would change. */
    static void writeRaw(JsonGenerator json, String key, RawJson value, OutputStream target) throws IOException {
        json.writeFieldName(key);
        json.writeRawValue("");
        json.flush();
        target.write(value.utf8());
    }

    static void expect(JsonParser parser, String key, JsonToken wanted, String words) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != wanted) {
            throw new WrongShape("key '%s': expected %s, got %s"
                    .formatted(
                            key, words, token == null ? "the end" : token.name().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    static String missing(String key) {
        return "key '" + key + "' is missing";
    }

    /** One line for a failure of the parser itself, without the parser's source excerpt. */
    static String reason(IOException failure) {
        return failure instanceof com.fasterxml.jackson.core.JacksonException json
                ? "not JSON: " + json.getOriginalMessage()
                : String.valueOf(failure.getMessage());
    }
}
