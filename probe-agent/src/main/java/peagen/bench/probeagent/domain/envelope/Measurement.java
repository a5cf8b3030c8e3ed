package peagen.bench.probeagent.domain.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;

/**
 * What a result of an evolution says about its candidate: {@code data.speed_ms}, {@code data.peak_mem_kb},
 * {@code data.prompt_tokens} and {@code data.completion_tokens}, each a number that is not negative.
 *
 * @param speedMicros how long the candidate took, µs
 * @param memoryKibibytes its peak memory, KiB
 * @param promptTokens tokens that went into the language model for it
 * @param completionTokens tokens that came out
 */
public record Measurement(long speedMicros, long memoryKibibytes, long promptTokens, long completionTokens) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SPEED = "\"speed_ms\"";
    private static final String TOKENS = "_tokens\"";

    /** What the result in {@code json} measured; empty when it measured nothing. Costs one look where it did not. */
    static Optional<Measurement> of(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        if (!text.contains(SPEED) && !text.contains(TOKENS)) {
            return Optional.empty();
        }
        try {
            JsonNode data = JSON.readTree(json).path("data");
            Measurement found = new Measurement(
                    value(data, "speed_ms", 1_000),
                    value(data, "peak_mem_kb", 1),
                    value(data, "prompt_tokens", 1),
                    value(data, "completion_tokens", 1));
            return found.saysNothing() ? Optional.empty() : Optional.of(found);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private boolean saysNothing() {
        return speedMicros < 0 && memoryKibibytes < 0 && promptTokens < 0 && completionTokens < 0;
    }

    private static long value(JsonNode data, String key, long factor) {
        double value = data.path(key).asDouble(ResultsMeasured.NOT_SAID);
        boolean sound = data.path(key).isNumber() && value >= 0 && value * factor < Long.MAX_VALUE;
        return sound ? Math.round(value * factor) : ResultsMeasured.NOT_SAID;
    }
}
