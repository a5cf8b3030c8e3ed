package peagen.bench.runner.conformance.edge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import peagen.bench.probeagent.ProbeAgent;
import peagen.bench.probeagent.ProbeAgentConfig;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.runner.conformance.domain.Traffic;
import peagen.bench.runner.edge.FarmException;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.RedisAddress;

/** The way through a probe agent on a free port of the loopback interface. */
public final class ProxiedRedis implements Watched {

    private static final String LOOPBACK = "127.0.0.1";

    private final RedisAddress redis;
    private final ProbeAgent agent;
    private final HeardCommands heard;

    private ProxiedRedis(RedisAddress redis, ProbeAgent agent, HeardCommands heard) {
        this.redis = redis;
        this.agent = agent;
        this.heard = heard;
    }

    /** The way to {@code redis}; a {@link Watched.Opener}. */
    public static Future<Watched> open(Vertx vertx, BrokerSource source, RedisAddress redis) {
        HeardCommands heard = new HeardCommands();
        ProbeAgentConfig config =
                overTls(ProbeAgentConfig.of(new HostPort(LOOPBACK, 0), redis).observing(Observing.BATCHED));
        return ProbeAgent.start(vertx, source, config, new SimpleMeterRegistry(), heard)
                .map(agent -> new ProxiedRedis(redis, agent, heard));
    }

    /** The same database with the same credentials, without TLS on the way to the agent. */
    @Override
    public RedisAddress address() {
        return new RedisAddress(
                LOOPBACK,
                agent.address().port(),
                redis.database(),
                redis.user(),
                redis.password(),
                false,
                Optional.empty());
    }

    @Override
    public Traffic heard() {
        return heard.heard();
    }

    @Override
    public Future<Void> close() {
        return agent.stop();
    }

    private static ProbeAgentConfig overTls(ProbeAgentConfig plain) {
        if (!plain.upstream().tls()) {
            return plain;
        }
        return new ProbeAgentConfig(
                plain.listen(),
                plain.upstream(),
                plain.streams(),
                plain.envelopes(),
                plain.observing(),
                plain.serverTls(),
                Optional.of(trusting(plain.upstream().certificateAuthority())),
                plain.container(),
                plain.keptBytes(),
                plain.maxConnections(),
                plain.tasksInHand(),
                plain.threads(),
                plain.drainLimit());
    }

    /** Host name and certificate are always verified. */
    private static SslContext trusting(Optional<Path> authority) {
        SslContextBuilder builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
        try {
            return authority
                    .map(file -> builder.trustManager(file.toFile()))
                    .orElse(builder)
                    .build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw new FarmException("--redis: cannot use the certificate authority "
                    + authority.map(Path::toString).orElse("of this JVM") + ": " + unusable.getMessage());
        }
    }
}
