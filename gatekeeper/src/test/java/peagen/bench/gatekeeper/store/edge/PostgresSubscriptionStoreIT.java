package peagen.bench.gatekeeper.store.edge;

import org.junit.jupiter.api.extension.RegisterExtension;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStoreContractTest;

class PostgresSubscriptionStoreIT extends SubscriptionStoreContractTest {

    @RegisterExtension
    static final PostgresStore STORE = new PostgresStore();

    @Override
    protected SubscriptionStore open() {
        return STORE.open().stores().subscriptions();
    }
}
