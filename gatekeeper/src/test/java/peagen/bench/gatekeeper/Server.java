package peagen.bench.gatekeeper;

import io.vertx.core.Vertx;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** A fresh server. */
sealed interface Server extends AutoCloseable {

    StreamBroker connect(Vertx vertx);

    @Override
    void close();

    /** The StubQueue. */
    final class Stub implements Server {
        private final StubRedis store = new StubRedis();

        @Override
        public StreamBroker connect(Vertx vertx) {
            return new StubBroker(vertx, store);
        }

        @Override
        public void close() {}
    }

    /** A real Redis. */
    final class Redis implements Server {
        private final EmbeddedRedis server = EmbeddedRedis.start();

        /** Where processes reach it. */
        String address() {
            return server.address().reveal();
        }

        @Override
        public StreamBroker connect(Vertx vertx) {
            return GatekeeperContract.answerOf(RedisBroker.connect(vertx, server.address()));
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
