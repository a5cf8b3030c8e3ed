package peagen.bench.probeagent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;

/** A Redis of its own, agents in front of it, and raw sockets to both. */
final class Lab implements AutoCloseable {

    static final StreamNames STREAMS = StreamNames.peagen();

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EmbeddedRedis redis;
    final BrokerSource source;

    Lab(String... settings) {
        this(UnaryOperator.identity(), settings);
    }

    /** {@code own} makes the agents' own address of that of the server. */
    Lab(UnaryOperator<RedisAddress> own, String... settings) {
        redis = EmbeddedRedis.start(List.of(settings));
        source = answerOf(Brokers.open(vertx, own.apply(redis.address())));
    }

    /** A write-ahead agent on any free port. */
    ProbeAgent agent() {
        return agent(config());
    }

    ProbeAgent agent(ProbeAgentConfig config) {
        return answerOf(ProbeAgent.start(vertx, source, config, meters, TrafficListener.NONE));
    }

    ProbeAgentConfig config() {
        return ProbeAgentConfig.of(new HostPort("127.0.0.1", 0), redis.address());
    }

    RawClient direct() {
        return RawClient.to(redis.address().port());
    }

    static RawClient through(ProbeAgent agent) {
        return RawClient.to(agent.address().port());
    }

    StreamBroker observer() {
        return answerOf(source.connect());
    }

    /** What stands on the event stream, as {@code sequence OBSERVATION delivery}. */
    List<String> told(StreamBroker observer) {
        return answerOf(observer.range(STREAMS.events(), EntryId.MIN, EntryId.MAX, 100_000)).stream()
                .flatMap(Seen::batches)
                .flatMap(Seen::rows)
                .map(Seen::told)
                .toList();
    }

    double unobserved() {
        return Stream.of(meters.find("probe.unobserved").counters())
                .flatMap(Collection::stream)
                .mapToDouble(Counter::count)
                .sum();
    }

    double count(String meter) {
        return meters.get(meter).functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public void close() {
        answerOf(source.close());
        answerOf(vertx.close());
        redis.close();
    }

    /** A port that nobody listens on, most likely. */
    static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static Socket socket(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
