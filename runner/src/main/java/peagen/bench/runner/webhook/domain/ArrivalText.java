package peagen.bench.runner.webhook.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** A request that arrived, for a terminal. Nothing in it can move the cursor. */
public final class ArrivalText {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ArrivalText() {}

    /** The request line, the headers that belong to the webhook, an empty line and the body, JSON indented. */
    public static String of(String line, Map<String, String> headers, String body) {
        StringJoiner text = new StringJoiner("\n");
        text.add(harmless(line));
        new TreeMap<>(headers).forEach((name, value) -> {
            if (name.startsWith("webhook-") || name.equals("content-type") || name.startsWith("x-hub-")) {
                text.add(harmless(name + ": " + value));
            }
        });
        return text.add("").add(harmless(indented(body))).toString();
    }

    private static String indented(String body) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(body));
        } catch (JsonProcessingException noJson) {
            return body;
        }
    }

    /** {@code text} with control characters spelled out, but for ends of lines. */
    static String harmless(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point) && point != '\n') {
                shown.append("\\u%04x".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
