package peagen.bench.streams;

import io.vertx.core.Vertx;

/** A real Redis keeps the contract. */
final class RedisMeasuresIT extends MeasuresContractTest {

    @Override
    BrokerFixture start(Vertx vertx) {
        return new RedisFixture(vertx);
    }
}
