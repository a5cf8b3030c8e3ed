package peagen.bench.gatekeeper.api.domain;

import java.util.List;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;

/** A form in which a verdict can be asked for. Stateless; called from any thread. */
public interface VerdictWriter {

    /** The word that asks for it in {@code ?format=}: {@code json}. */
    String format();

    /** The media type without parameters, which asks for it in {@code Accept}: {@code application/json}. */
    String mediaType();

    /** All forms that there are; JSON, the first, is for whoever accepts anything. */
    static List<VerdictWriter> all() {
        return List.of(new JsonVerdict(), new JunitVerdict(), new MarkdownVerdict());
    }

    /** The verdict of {@code run} in this form, in UTF-8. */
    String write(StoredRun run, StoredVerdict verdict);
}
