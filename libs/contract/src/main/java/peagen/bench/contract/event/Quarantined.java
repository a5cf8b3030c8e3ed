package peagen.bench.contract.event;

import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;

/**
 * An entry that could not be read, put aside on the quarantine stream with the reason and where it came from. Its own fields
 * follow under {@code original.}, so that nothing of it is lost.
 */
public final class Quarantined {

    private Quarantined() {}

    /** The quarantine entry for {@code original}, which stood at {@code id} of {@code stream}. */
    public static Fields entry(String stream, EntryId id, Fields original, String reason, String producer) {
        Fields.Builder out = Fields.builder()
                .put(EventFields.VERSION, Envelope.SCHEMA_VERSION)
                .put(EventFields.TYPE, "quarantined")
                .put("reason", reason)
                .put("origin_stream", stream)
                .put("origin_id", id.toString())
                .put(EventFields.PRODUCER, producer);
        for (int i = 0; i < original.size(); i++) {
            out.put("original." + original.name(i), original.value(i));
        }
        return out.build();
    }
}
