package peagen.bench.probeagent;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.probeagent.edge.proxy.FollowedConversations;
import peagen.bench.probeagent.edge.proxy.ProxyListener;
import peagen.bench.probeagent.edge.proxy.ProxySettings;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.outbox.Outbox;
import peagen.bench.streams.outbox.ServiceLink;

/**
 * A probe agent in front of a Redis server: workers connect to it as they would to Redis and notice nothing, and what they do with
 * the farm's tasks becomes observations on the event stream. From any thread.
 */
public final class ProbeAgent {

    /** What a probe agent calls itself on the control stream. */
    public static final String SERVICE = "probe-agent";

    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(15);
    private static final int OUTBOX_ENTRIES = 16_384;

    private final ServiceLink link;
    private final Outbox outbox;
    private final FollowedConversations conversations;
    private final ProxyListener listener;
    private final HostPort address;

    private ProbeAgent(
            ServiceLink link,
            Outbox outbox,
            FollowedConversations conversations,
            ProxyListener listener,
            HostPort address) {
        this.link = link;
        this.outbox = outbox;
        this.conversations = conversations;
        this.listener = listener;
        this.address = address;
    }

    /**
     * Starts an agent.
     *
     * @param source yields brokers on the server at {@link ProbeAgentConfig#upstream}; its owner's to close
     * @param traffic hears the workers' commands
     * @return fails when Redis cannot be reached or the address is taken, with one line that says so
     */
    public static Future<ProbeAgent> start(
            Vertx vertx, BrokerSource source, ProbeAgentConfig config, MeterRegistry meters, TrafficListener traffic) {
        return ServiceLink.open(vertx, source, SERVICE).compose(link -> {
            Outbox outbox = new Outbox(vertx, link.broker(), config.streams().events(), OUTBOX_ENTRIES);
            FollowedConversations conversations = new FollowedConversations(
                    config.conversations(),
                    config.envelopes(),
                    config.tasksInHand(),
                    link,
                    outbox,
                    config.container(),
                    config.workerClass(),
                    meters,
                    traffic);
            ProxyListener listener = new ProxyListener(proxy(config), conversations);
            return listener.listen()
                    .map(address -> new ProbeAgent(link, outbox, conversations, listener, address))
                    .compose(agent -> agent.announce(
                                    new RunEvent.ServiceStarted(link.producer().envelope(Envelope.NO_RUN), SERVICE))
                            .map(agent))
                    .recover(cannotStart -> link.close().transform(closed -> Future.failedFuture(cannotStart)));
        });
    }

    private static ProxySettings proxy(ProbeAgentConfig config) {
        return new ProxySettings(
                config.listen(),
                new HostPort(config.upstream().host(), config.upstream().port()),
                config.serverTls(),
                config.upstreamTls(),
                config.maxConnections(),
                config.threads(),
                config.spin(),
                config.drainLimit());
    }

    /** Where workers connect to, with the port that was really taken. */
    public HostPort address() {
        return address;
    }

    /** How many workers' connections there are. */
    public int connections() {
        return listener.connections();
    }

    /** What was followed so far. */
    public FollowedConversations conversations() {
        return conversations;
    }

    /** Completes when Redis answers. */
    public Future<Void> checkUpstream() {
        return link.broker().serverTimeMicros().mapEmpty();
    }

    /** Takes no more workers, lets commands in flight finish, sends what was observed, and leaves. */
    public Future<Void> stop() {
        return listener.close()
                .eventually(() -> outbox.close(FLUSH_LIMIT))
                .eventually(() ->
                        announce(new RunEvent.ServiceStopped(link.producer().envelope(Envelope.NO_RUN), SERVICE)))
                .eventually(link::close);
    }

    private Future<Void> announce(RunEvent event) {
        return link.broker()
                .append(StreamNames.CONTROL, RunEvents.encode(event))
                .mapEmpty();
    }
}
