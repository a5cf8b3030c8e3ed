package peagen.bench.probeagent.domain.conversation;

import java.nio.charset.StandardCharsets;
import peagen.bench.contract.StreamNames;

/**
 * What all conversations of an agent have in common.
 *
 * @param streams the farm's streams
 * @param observing when observations are written
 * @param database the farm's logical database
 * @param keptBytes how large a command or reply may be to be read; also how much of a client is held back at most
 */
public record ConversationSettings(StreamNames streams, Observing observing, int database, int keptBytes) {

    /** The stream that observations are written to, as it stands in a command. */
    byte[] eventStream() {
        return streams.events().getBytes(StandardCharsets.UTF_8);
    }
}
