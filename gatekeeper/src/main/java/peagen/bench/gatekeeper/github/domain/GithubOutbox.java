package peagen.bench.gatekeeper.github.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.Notice;

/**
 * The way to GitHub, through the same store as webhooks: called in the transaction that keeps the verdict, it is lost with it or
 * not at all. To say the same again changes nothing. Thread-safe; takes as long as its store does.
 */
public final class GithubOutbox {

    /** Why what was overtaken is not sent any more. */
    static final String OUTDATED = "there is a newer one";

    private final DeliveryStore deliveries;
    private final GithubCalls calls;
    private final Set<Channel> channels;
    private final Clock clock;

    /** An outbox for what goes over {@code channels}. */
    public GithubOutbox(DeliveryStore deliveries, GithubCalls calls, Set<Channel> channels, Clock clock) {
        this.deliveries = deliveries;
        this.calls = calls;
        this.channels = Set.copyOf(channels);
        this.clock = clock;
    }

    /** A run of {@code commit} has begun; answers how many deliveries are new. */
    public int begun(String runId, String scenario, String profile, Commit commit) {
        boolean told = channels.contains(Channel.STATUS)
                && GithubCalls.canTell(commit)
                && add(Channel.STATUS, calls.begun(runId, scenario, profile, commit));
        return told ? 1 : 0;
    }

    /** A run of {@code commit} has a verdict; what waits of earlier ones is not sent any more. Answers how many are new. */
    public int judged(Verdict verdict, Commit commit) {
        if (!GithubCalls.canTell(commit)) {
            return 0;
        }
        int added = 0;
        for (Channel channel : channels) {
            IntStream.range(0, Math.min(verdict.revision(), 1_000))
                    .forEach(earlier -> outdate(channel, verdict, earlier));
            added += add(channel, calls.judged(channel, verdict, commit)) ? 1 : 0;
        }
        return added;
    }

    private boolean add(Channel channel, Notice notice) {
        return deliveries.add(Delivery.of(channel.id(), notice, clock.instant()));
    }

    /** Sent later than its successor it would take its place. */
    private void outdate(Channel channel, Verdict verdict, int earlier) {
        Instant now = clock.instant();
        deliveries
                .find(new Delivery.Key(channel.id(), GithubCalls.id(channel, verdict.runId(), earlier)))
                .filter(delivery -> delivery.state() instanceof Delivery.Waiting)
                .ifPresent(waiting -> deliveries.settle(waiting.abandoned(now, OUTDATED)));
    }
}
