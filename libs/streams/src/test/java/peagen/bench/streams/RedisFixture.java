package peagen.bench.streams;

import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;

import io.vertx.core.Vertx;
import java.time.Duration;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;
import peagen.bench.streams.redis.RedisConsole;

/** A real Redis. */
final class RedisFixture implements BrokerFixture {

    private final Vertx vertx;
    private final EmbeddedRedis server = EmbeddedRedis.start();

    RedisFixture(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public StreamBroker connect() {
        return answerOf(RedisBroker.connect(vertx, server.address()));
    }

    @Override
    public void letIdle(Duration time) {
        await().pollDelay(time).until(() -> true);
    }

    @Override
    public boolean hasBlockedReader() {
        return RedisConsole.info(server.address(), "clients", "blocked_clients").equals("1");
    }

    @Override
    public void flush() {
        RedisConsole.tell(server.address(), "FLUSHALL");
    }

    @Override
    public void close() {
        server.close();
    }
}
