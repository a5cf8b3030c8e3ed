package peagen.bench.gatekeeper.store.edge;

import org.junit.jupiter.api.extension.RegisterExtension;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStoreContractTest;

class PostgresDeliveryStoreIT extends DeliveryStoreContractTest {

    @RegisterExtension
    static final PostgresStore STORE = new PostgresStore();

    @Override
    protected DeliveryStore open() {
        return STORE.open().stores().deliveries();
    }
}
