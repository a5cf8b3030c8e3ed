package peagen.bench.gatekeeper;

import io.vertx.core.Vertx;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** A gatekeeper on the StubQueue. */
final class StubGatekeeperContractTest extends GatekeeperContractTest {

    @Override
    StreamBroker connect(Vertx onVertx) {
        return new StubBroker(onVertx, new StubRedis());
    }

    @Override
    void disconnect() {}
}
