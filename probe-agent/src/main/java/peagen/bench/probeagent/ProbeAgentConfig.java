package peagen.bench.probeagent;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.Optional;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.probeagent.domain.Hands;
import peagen.bench.probeagent.domain.conversation.ConversationSettings;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.probeagent.domain.envelope.Envelopes;
import peagen.bench.probeagent.domain.envelope.PeagenEnvelopes;
import peagen.bench.probeagent.edge.proxy.TlsFileException;
import peagen.bench.probeagent.edge.proxy.TlsFiles;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.RedisAddress;

/**
 * What a probe agent in front of a Redis server does.
 *
 * @param listen where workers connect to; port 0 takes any free one
 * @param upstream the farm's Redis, with the agent's own credentials; workers bring theirs
 * @param streams the farm's streams
 * @param envelopes how the farm writes tasks and results
 * @param observing when observations are written
 * @param serverTls what workers are met with; empty for plain text
 * @param upstreamTls how Redis is met; empty for plain text
 * @param container the container that all workers of this agent run in; empty when each tells by its name
 * @param workerClass the class of all workers of this agent; empty when it is not known
 * @param keptBytes how large a command or reply about tasks may be to be seen
 * @param maxConnections how many workers' connections there may be
 * @param tasksInHand how many claims are remembered until they end
 * @param threads how many threads share the connections
 * @param spin how long a thread looks for more before it sleeps; zero for never
 * @param drainLimit how long commands in flight may take to finish when the agent stops
 */
public record ProbeAgentConfig(
        HostPort listen,
        RedisAddress upstream,
        StreamNames streams,
        Envelopes envelopes,
        Observing observing,
        Optional<SslContext> serverTls,
        Optional<SslContext> upstreamTls,
        Optional<String> container,
        String workerClass,
        int keptBytes,
        int maxConnections,
        int tasksInHand,
        int threads,
        Duration spin,
        Duration drainLimit) {

    /** How large a command or reply may be unless said otherwise: 1 MiB. */
    public static final int DEFAULT_KEPT_BYTES = 1 << 20;

    /** How many connections there may be unless said otherwise. */
    public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

    /**
     * How long a thread looks for more unless said otherwise: a little longer than a command takes, there and back. Measured: a
     * thread that sleeps between commands adds half as much again to each.
     */
    public static final Duration DEFAULT_SPIN = Duration.ofNanos(75_000);

    /** How long commands in flight may take unless said otherwise. */
    public static final Duration DEFAULT_DRAIN_LIMIT = Duration.ofSeconds(10);

    /**
     * A write-ahead agent for profile {@code peagen-streams} that meets workers without TLS.
     *
     * @throws TlsFileException if the certificate authority of {@code upstream} cannot be used
     */
    public static ProbeAgentConfig of(HostPort listen, RedisAddress upstream) {
        return new ProbeAgentConfig(
                listen,
                upstream,
                StreamNames.peagen(),
                PeagenEnvelopes.INSTANCE,
                Observing.WRITE_AHEAD,
                Optional.empty(),
                TlsFiles.towards(upstream),
                Optional.empty(),
                WorkerClass.NOT_SAID,
                DEFAULT_KEPT_BYTES,
                DEFAULT_MAX_CONNECTIONS,
                Hands.DEFAULT_LIMIT,
                Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8),
                DEFAULT_SPIN,
                DEFAULT_DRAIN_LIMIT);
    }

    /** The same, observing otherwise. */
    public ProbeAgentConfig observing(Observing other) {
        return with(streams, other);
    }

    /** The same, for a farm on other streams. */
    public ProbeAgentConfig following(StreamNames other) {
        return with(other, observing);
    }

    private ProbeAgentConfig with(StreamNames otherStreams, Observing otherObserving) {
        return new ProbeAgentConfig(
                listen,
                upstream,
                otherStreams,
                envelopes,
                otherObserving,
                serverTls,
                upstreamTls,
                container,
                workerClass,
                keptBytes,
                maxConnections,
                tasksInHand,
                threads,
                spin,
                drainLimit);
    }

    ConversationSettings conversations() {
        return new ConversationSettings(streams, observing, upstream.database(), keptBytes);
    }
}
