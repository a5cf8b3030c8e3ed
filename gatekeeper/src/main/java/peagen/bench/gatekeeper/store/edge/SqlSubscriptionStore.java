package peagen.bench.gatekeeper.store.edge;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.webhook.domain.AddressRange;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;

/** Subscriptions in a table. Their secrets stand there as they are, because they are signed with. Thread-safe. */
final class SqlSubscriptionStore implements SubscriptionStore {

    private static final String SELECT = "SELECT * FROM subscription";

    private final Sql sql;

    SqlSubscriptionStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void put(Subscription subscription) {
        sql.write("keep subscription " + subscription.id(), session -> session.update("""
                INSERT INTO subscription (id, url, secrets, events, allowed, plain_http, hub_signature, created_us,
                    disabled_us, disabled_reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET url = excluded.url, secrets = excluded.secrets, events = excluded.events,
                    allowed = excluded.allowed, plain_http = excluded.plain_http,
                    hub_signature = excluded.hub_signature, created_us = excluded.created_us,
                    disabled_us = excluded.disabled_us, disabled_reason = excluded.disabled_reason
                """, values(subscription)));
    }

    private static Object[] values(Subscription subscription) {
        return new Object[] {
            subscription.id(),
            subscription.destination().reveal(),
            subscription.secrets().stream()
                    .map(secret -> secret.written().reveal())
                    .collect(Collectors.joining("\n")),
            subscription.events().label(),
            subscription.permissions().allowed().stream()
                    .map(AddressRange::toString)
                    .collect(Collectors.joining("\n")),
            subscription.permissions().plainHttp(),
            subscription.hubSignature(),
            subscription.created(),
            subscription.disabled().map(Subscription.Disabled::at),
            subscription.disabled().map(Subscription.Disabled::reason)
        };
    }

    @Override
    public Optional<Subscription> find(String id) {
        return sql.read(
                "read subscription " + id,
                session -> session.first(SELECT + " WHERE id = ?", SqlSubscriptionStore::subscription, id));
    }

    @Override
    public List<Subscription> all() {
        return sql.read(
                "read the subscriptions",
                session -> session.list(SELECT + " ORDER BY id", SqlSubscriptionStore::subscription));
    }

    @Override
    public boolean disable(String id, Subscription.Disabled why) {
        String disabling =
                "UPDATE subscription SET disabled_us = ?, disabled_reason = ? WHERE id = ? AND disabled_us IS NULL";
        return sql.write("disable subscription " + id, session -> session.update(disabling, why.at(), why.reason(), id))
                == 1;
    }

    @Override
    public void remove(String id) {
        sql.write("remove subscription " + id, session -> session.update("DELETE FROM subscription WHERE id = ?", id));
    }

    private static Subscription subscription(Row row) throws SQLException {
        Optional<Subscription.Disabled> disabled = Optional.empty();
        if (row.optionalInstant("disabled_us").isPresent()) {
            disabled = Optional.of(new Subscription.Disabled(row.instant("disabled_us"), row.text("disabled_reason")));
        }
        return new Subscription(
                row.text("id"),
                Destination.of(row.text("url")),
                lines(row.text("secrets"))
                        .map(secret -> SigningSecret.of(new Secret(secret)))
                        .toList(),
                Events.called(row.text("events")).orElse(Events.ALL),
                new Permissions(
                        lines(row.text("allowed"))
                                .flatMap(range -> AddressRange.parse(range).stream())
                                .toList(),
                        row.flag("plain_http")),
                row.flag("hub_signature"),
                row.instant("created_us"),
                disabled);
    }

    private static Stream<String> lines(String text) {
        return text.lines().filter(line -> !line.isEmpty());
    }
}
