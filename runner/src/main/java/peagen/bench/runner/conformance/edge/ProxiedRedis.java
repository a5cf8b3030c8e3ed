package peagen.bench.runner.conformance.edge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import peagen.bench.probeagent.ProbeAgent;
import peagen.bench.probeagent.ProbeAgentConfig;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.runner.conformance.domain.Traffic;
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
                ProbeAgentConfig.of(new HostPort(LOOPBACK, 0), redis).observing(Observing.BATCHED);
        return ProbeAgent.start(vertx, source, config, new SimpleMeterRegistry(), heard)
                .map(agent -> new ProxiedRedis(redis, agent, heard));
    }

    @Override
    public RedisAddress address() {
        return redis.behind(LOOPBACK, agent.address().port());
    }

    @Override
    public Traffic heard() {
        return heard.heard();
    }

    @Override
    public Future<Void> close() {
        return agent.stop();
    }
}
