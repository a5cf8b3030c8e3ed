package peagen.bench.gatekeeper.api.domain;

class InMemoryRequestKeysContractTest extends RequestKeysContractTest {
    @Override
    protected RequestKeys open() {
        return new InMemoryRequestKeys();
    }
}
