package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.TreeMap;

/** Which code stands behind which operation of the contract. */
final class Operations {

    private Operations() {}

    static Map<String, Operation> of(Vertx vertx, ApiParts parts, StoreThreads store, Bulletin bulletin) {
        ApiStores stores = parts.stores();
        Map<String, Operation> all = new TreeMap<>();
        RunCreation creation = new RunCreation(
                store,
                stores.transactions(),
                stores.history(),
                stores.requestKeys(),
                parts.broker(),
                parts.producer(),
                parts.random(),
                parts.clock());
        all.put("createRun", creation::create);
        RunOperations runs =
                new RunOperations(store, stores.history(), parts.broker(), parts.producer(), parts.clock());
        all.put("listRuns", runs::list);
        all.put("getRun", runs::get);
        all.put("stopRun", runs::stop);
        all.put("acceptRun", runs::accept);
        VerdictOperations verdicts =
                new VerdictOperations(vertx, store, stores.history(), bulletin, new Negotiation(parts.writers()));
        all.put("getVerdict", verdicts::get);
        all.put("listVerdicts", verdicts::all);
        HistoryOperations history = new HistoryOperations(store, stores.history());
        all.put("targetHistory", history::target);
        all.put("targetChanges", history::changes);
        all.put("listBaselines", history::baselines);
        GateOperations gates = new GateOperations(store, parts.gates());
        all.put("listGates", gates::list);
        all.put("getGate", gates::get);
        SubscriptionOperations subscriptions = new SubscriptionOperations(
                store, stores.transactions(), stores.subscriptions(), parts.random(), parts.clock());
        all.put("listSubscriptions", subscriptions::list);
        all.put("createSubscription", subscriptions::create);
        all.put("getSubscription", subscriptions::get);
        all.put("deleteSubscription", subscriptions::delete);
        all.put("rotateSecret", subscriptions::rotate);
        all.put("settleSecret", subscriptions::settle);
        all.put("enableSubscription", subscriptions::enable);
        DeliveryOperations deliveries = new DeliveryOperations(store, stores.deliveries(), parts.clock());
        all.put("listDeliveries", deliveries::list);
        all.put("replayDelivery", deliveries::replay);
        AuditOperations audit = new AuditOperations(store, stores.audit());
        all.put("listAudit", audit::list);
        return all;
    }
}
