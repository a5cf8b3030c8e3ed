package peagen.bench.gatekeeper.access.domain;

class InMemoryTokenStoreContractTest extends TokenStoreContractTest {
    @Override
    protected TokenStore open() {
        return new InMemoryTokenStore();
    }
}
