package peagen.bench.streams;

import io.vertx.core.Vertx;

/** The StubQueue keeps the contract. */
final class StubMeasuresContractTest extends MeasuresContractTest {

    @Override
    BrokerFixture start(Vertx vertx) {
        return new StubFixture(vertx);
    }
}
