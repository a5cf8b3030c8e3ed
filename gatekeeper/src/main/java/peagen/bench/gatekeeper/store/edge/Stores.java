package peagen.bench.gatekeeper.store.edge;

import peagen.bench.gatekeeper.history.domain.Bookmarks;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;

/**
 * Everything that is kept in one database.
 *
 * @param transactions over all of the others
 * @param history runs and verdicts
 * @param deliveries the outbox
 * @param subscriptions who is told
 * @param bookmarks up to where streams were taken in
 */
public record Stores(
        Transactions transactions,
        History history,
        DeliveryStore deliveries,
        SubscriptionStore subscriptions,
        Bookmarks bookmarks) {

    static Stores on(Sql sql) {
        return new Stores(
                sql,
                new SqlHistory(sql),
                new SqlDeliveryStore(sql),
                new SqlSubscriptionStore(sql),
                new SqlBookmarks(sql));
    }
}
