package peagen.bench.gatekeeper.webhook.domain;

class InMemoryDeliveryStoreContractTest extends DeliveryStoreContractTest {

    @Override
    protected DeliveryStore open() {
        return new InMemoryDeliveryStore();
    }
}
