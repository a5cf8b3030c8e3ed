package peagen.bench.probeagent.edge.proxy;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.conversation.Observations;

/**
 * Sees to it that no observation of a connection waits for long when nothing more is said there: it goes by the agent's own
 * connection then. Lives on the client's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: a timer that is never cancelled
final class WrittenSoon {

    private static final long AFTER_MILLIS = 25;

    private final Channel client;
    private final Observations observations;
    private final ConversationSource source;
    private boolean scheduled;

    WrittenSoon(Channel client, Observations observations, ConversationSource source) {
        this.client = client;
        this.observations = observations;
        this.source = source;
    }

    /** To be called whenever there may be observations. */
    void see() {
        if (!scheduled && !observations.isEmpty()) {
            scheduled = true;
            long takes = observations.takes();
            client.eventLoop().schedule(() -> write(takes), AFTER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** What is there came since the last take: it may have been waiting for as long as the timer ran, or not at all. */
    private void write(long takesBefore) {
        scheduled = false;
        if (observations.takes() != takesBefore) {
            see();
            return;
        }
        List<Fields> seen = observations.take();
        if (!seen.isEmpty()) {
            source.record(seen);
        }
    }
}
