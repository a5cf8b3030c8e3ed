package peagen.bench.probeagent.edge.proxy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.RunEvent.SeenWorker;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.WorkerMoments;
import peagen.bench.probeagent.domain.conversation.Conversation;
import peagen.bench.probeagent.domain.conversation.Observations;

/** A client that is followed. What changes does so on its connection's thread; anybody may ask who it is. */
public final class Followed {

    /** What Docker makes the host name of a container, and with it what a worker calls itself unless told otherwise. */
    private static final Pattern CONTAINER = Pattern.compile("[0-9a-f]{12}([0-9a-f]{52})?");

    private final long number;
    private final String peer;
    private final Optional<String> container;
    private final Conversation conversation;
    private final Observations observations;
    private final TaskWatch watch;
    private final WorkerMoments moments;
    private final FollowedConversations all;
    private boolean announced;

    Followed(
            long number,
            String peer,
            Optional<String> container,
            Conversation conversation,
            Observations observations,
            TaskWatch watch,
            WorkerMoments moments,
            FollowedConversations all) {
        this.number = number;
        this.peer = peer;
        this.container = container;
        this.conversation = conversation;
        this.observations = observations;
        this.watch = watch;
        this.moments = moments;
        this.all = all;
    }

    Conversation conversation() {
        return conversation;
    }

    TaskWatch watch() {
        return watch;
    }

    Observations observations() {
        return observations;
    }

    /** Who the worker is, as far as is known. */
    public SeenWorker worker() {
        String consumer = watch.consumer();
        String runsIn = container.orElse(CONTAINER.matcher(consumer).matches() ? consumer : "");
        return new SeenWorker(number, consumer, conversation.clientName(), peer, runsIn);
    }

    /** How many tasks it has claimed here and not ended. */
    public int inHand() {
        return watch.inHand();
    }

    /** Tells the world who this is as soon as that is known. */
    void announce() {
        if (!announced && !watch.consumer().isEmpty()) {
            announced = true;
            all.connected(this);
        }
        moments.firstClaim().ifPresent(all::tell);
    }

    /** The connection is over; what is left of the observations. */
    List<Fields> end(long nowMicros) {
        int left = watch.inHand();
        announce();
        watch.connectionLost(nowMicros);
        moments.stopped(nowMicros).ifPresent(all::tell);
        all.over(this, announced, left);
        conversation.over();
        return observations.take();
    }

    long number() {
        return number;
    }
}
