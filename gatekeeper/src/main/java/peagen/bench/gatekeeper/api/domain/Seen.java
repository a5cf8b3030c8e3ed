package peagen.bench.gatekeeper.api.domain;

import java.util.Optional;
import peagen.bench.contract.entry.EntryId;

/**
 * How far a follower has read: the id of an event, {@code 1700000000000-0_1700000000001-0}.
 *
 * @param control the last entry of {@code bench.control}
 * @param verdicts the last entry of {@code bench.verdicts}
 */
public record Seen(EntryId control, EntryId verdicts) {

    /** Reads an id; empty when the text is none. */
    public static Optional<Seen> parse(String text) {
        String[] parts = text.split("_", -1);
        return parts.length == 2
                ? EntryId.parse(parts[0])
                        .flatMap(control -> EntryId.parse(parts[1]).map(verdicts -> new Seen(control, verdicts)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return control + "_" + verdicts;
    }
}
