package peagen.bench.measurement.evolution;

import java.util.OptionalLong;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;

/** What results said within one second. Mutable by {@link Evolution} alone. */
public final class Second {

    private long results;
    private long promptTokens;
    private long completionTokens;
    private long bestMicros = ResultsMeasured.NOT_SAID;

    Second() {}

    void add(long moreResults, long morePromptTokens, long moreCompletionTokens, long speedMicros) {
        results = sum(results, moreResults);
        promptTokens = sum(promptTokens, morePromptTokens);
        completionTokens = sum(completionTokens, moreCompletionTokens);
        if (speedMicros != ResultsMeasured.NOT_SAID
                && (bestMicros == ResultsMeasured.NOT_SAID || speedMicros < bestMicros)) {
            bestMicros = speedMicros;
        }
    }

    /** The sum of two numbers that are not negative, {@link Long#MAX_VALUE} at most. */
    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** How many results there were. */
    public long results() {
        return results;
    }

    /** The tokens that went into language models. */
    public long promptTokens() {
        return promptTokens;
    }

    /** The tokens that came out of them. */
    public long completionTokens() {
        return completionTokens;
    }

    /** The lowest time that a candidate took, µs; empty when no result said. */
    public OptionalLong bestSpeedMicros() {
        return bestMicros == ResultsMeasured.NOT_SAID ? OptionalLong.empty() : OptionalLong.of(bestMicros);
    }

    long bestMicros() {
        return bestMicros;
    }
}
