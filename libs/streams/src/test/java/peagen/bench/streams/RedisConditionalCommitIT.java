package peagen.bench.streams;

import io.vertx.core.Vertx;

/** A real Redis keeps the contract. */
final class RedisConditionalCommitIT extends ConditionalCommitContractTest {

    @Override
    BrokerFixture start(Vertx vertx) {
        return new RedisFixture(vertx);
    }
}
