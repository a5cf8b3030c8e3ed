package peagen.bench.gatekeeper.store.edge;

import org.junit.jupiter.api.extension.RegisterExtension;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.gatekeeper.access.domain.TokenStoreContractTest;

class PostgresTokenStoreIT extends TokenStoreContractTest {

    @RegisterExtension
    static final PostgresStore STORE = new PostgresStore();

    @Override
    protected TokenStore open() {
        return STORE.open().tokens();
    }
}
