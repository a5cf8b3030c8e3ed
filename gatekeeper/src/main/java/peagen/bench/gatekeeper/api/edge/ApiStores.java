package peagen.bench.gatekeeper.api.edge;

import peagen.bench.gatekeeper.access.domain.AuditLog;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.gatekeeper.api.domain.RequestKeys;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;

/** What the API reads and writes; all of it in one database. */
public record ApiStores(
        Transactions transactions,
        History history,
        SubscriptionStore subscriptions,
        DeliveryStore deliveries,
        TokenStore tokens,
        AuditLog audit,
        RequestKeys requestKeys) {}
