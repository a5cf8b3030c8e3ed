package peagen.bench.streams;

import io.vertx.core.Vertx;

/** The StubQueue keeps the contract. */
final class StubStreamBrokerContractTest extends StreamBrokerContractTest {

    @Override
    BrokerFixture start(Vertx vertx) {
        return new StubFixture(vertx);
    }
}
