package peagen.bench.gatekeeper.webhook.domain;

class InMemorySubscriptionStoreContractTest extends SubscriptionStoreContractTest {

    @Override
    protected SubscriptionStore open() {
        return new InMemorySubscriptionStore();
    }
}
