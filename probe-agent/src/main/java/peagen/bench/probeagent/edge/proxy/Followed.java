package peagen.bench.probeagent.edge.proxy;

import java.util.List;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.conversation.Conversation;
import peagen.bench.probeagent.domain.conversation.Observations;

/**
 * A client that is followed.
 *
 * @param number the agent's number for the connection
 * @param conversation its two directions
 * @param observations what was seen in it
 * @param watch the tasks in its hands
 * @param all the conversations that it belongs to
 */
public record Followed(
        long number, Conversation conversation, Observations observations, TaskWatch watch, FollowedConversations all) {

    /** The connection is over; what is left of the observations. */
    List<Fields> end(long nowMicros) {
        all.over(number);
        watch.connectionLost(nowMicros);
        return observations.take();
    }
}
