package peagen.bench.runner.webhook.domain;

import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.service.syntax.Quoted;

/** What became of a try, for a terminal. */
public final class TryText {

    private TryText() {}

    /** The status and the beginning of the body, or why there was no answer, and how long it took. */
    public static String of(Try made) {
        String text = made.result().described() + " in " + made.took().toMillis() + " ms";
        if (!(made.result() instanceof Answered answered)) {
            return text;
        }
        String after = answered.retryAfter()
                .map(wait -> "\nRetry-After: " + Quoted.plain(wait))
                .orElse("");
        String body = answered.excerpt().isEmpty() ? "" : "\n" + ArrivalText.harmless(answered.excerpt());
        return text + after + body;
    }
}
