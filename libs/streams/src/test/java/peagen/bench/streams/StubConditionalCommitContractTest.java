package peagen.bench.streams;

import io.vertx.core.Vertx;

/** The StubQueue keeps the contract. */
final class StubConditionalCommitContractTest extends ConditionalCommitContractTest {

    @Override
    BrokerFixture start(Vertx vertx) {
        return new StubFixture(vertx);
    }
}
