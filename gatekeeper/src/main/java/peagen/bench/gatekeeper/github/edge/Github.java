package peagen.bench.gatekeeper.github.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.github.domain.Channel;
import peagen.bench.gatekeeper.github.domain.GithubCalls;
import peagen.bench.gatekeeper.github.domain.GithubOutbox;
import peagen.bench.gatekeeper.github.domain.Lane;
import peagen.bench.gatekeeper.webhook.domain.DeliveryRules;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.InMemorySubscriptionStore;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.RetryPolicy;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.edge.DeliveryLoop;
import peagen.bench.gatekeeper.webhook.edge.Sender;

/**
 * Everything that tells GitHub, put together: an outbox in the store that webhooks use, and a loop of its own that empties it.
 * Whoever has it gives the webhooks' loop {@link Lane#ofWebhooks} of that store.
 */
public final class Github {

    private static final int SECRET_BYTES = 32;

    private final GithubOutbox outbox;
    private final DeliveryLoop loop;
    private final GithubCall call;

    /** Parts for {@code config} on {@code store}; nothing is sent before {@link #start}. */
    public Github(Vertx vertx, GithubConfig config, DeliveryStore store, Clock clock) {
        this(vertx, config, store, clock, new DeliveryRules(RetryPolicy.STANDARD, new SecureRandom()));
    }

    Github(Vertx vertx, GithubConfig config, DeliveryStore store, Clock clock, DeliveryRules rules) {
        this.outbox = new GithubOutbox(store, new GithubCalls(config.publicUrl()), config.channels(), clock);
        this.call = new GithubCall(vertx, config);
        Sender sender = new OneAfterTheOther(new GithubSender(call, new GithubTokens(config, call, clock), clock));
        this.loop = new DeliveryLoop(vertx, recipients(config, clock), Lane.ofGithub(store), rules, sender, clock);
    }

    /** The channels as recipients. What they are sent is authorised by a token and not signed: the secret is a stand-in. */
    private static InMemorySubscriptionStore recipients(GithubConfig config, Clock clock) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        SigningSecret standIn =
                SigningSecret.of(new Secret("whsec_" + Base64.getEncoder().encodeToString(random)));
        InMemorySubscriptionStore recipients = new InMemorySubscriptionStore();
        for (Channel channel : Channel.values()) {
            Subscription recipient = new Subscription(
                    channel.id(),
                    Destination.of(config.api().toString()),
                    List.of(standIn),
                    Events.ALL,
                    Permissions.NONE,
                    false,
                    clock.instant(),
                    Optional.empty());
            recipients.put(
                    config.channels().contains(channel)
                            ? recipient
                            : recipient.disabledFor(
                                    new Subscription.Disabled(clock.instant(), "it is not configured any more")));
        }
        return recipients;
    }

    /** Where verdicts are handed in, in the transaction that keeps them. */
    public GithubOutbox outbox() {
        return outbox;
    }

    /** Looks for work now and every {@code period}, on the caller's context. */
    public void start(Duration period) {
        loop.start(period);
    }

    /** Something may be in the outbox. On the context of {@link #start}. */
    public void wake() {
        loop.wake();
    }

    /** Takes up nothing new; completes when what is under way is written down. */
    public Future<Void> stop() {
        return loop.stop().eventually(call::close);
    }
}
