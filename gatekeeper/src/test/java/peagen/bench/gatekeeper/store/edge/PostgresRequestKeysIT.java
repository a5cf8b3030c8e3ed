package peagen.bench.gatekeeper.store.edge;

import org.junit.jupiter.api.extension.RegisterExtension;
import peagen.bench.gatekeeper.api.domain.RequestKeys;
import peagen.bench.gatekeeper.api.domain.RequestKeysContractTest;

class PostgresRequestKeysIT extends RequestKeysContractTest {

    @RegisterExtension
    static final PostgresStore STORE = new PostgresStore();

    @Override
    protected RequestKeys open() {
        return STORE.open().requestKeys();
    }
}
