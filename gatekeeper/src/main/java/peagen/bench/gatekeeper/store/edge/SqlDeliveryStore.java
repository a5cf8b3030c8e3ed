package peagen.bench.gatekeeper.store.edge;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Dead;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Delivered;
import peagen.bench.gatekeeper.webhook.domain.Delivery.State;
import peagen.bench.gatekeeper.webhook.domain.Delivery.Waiting;
import peagen.bench.gatekeeper.webhook.domain.DeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;

/** The outbox in two tables: what is sent, and to whom. Times are kept to the microsecond. Thread-safe. */
final class SqlDeliveryStore implements DeliveryStore {

    private static final String SELECT =
            "SELECT d.*, n.payload FROM delivery d JOIN notice n ON n.notice_id = d.notice_id ";
    private static final String DUE =
            "state = 'WAITING' AND next_us <= ? AND (held_until_us IS NULL OR held_until_us <= ?)";

    private final Sql sql;

    SqlDeliveryStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean add(Delivery delivery) {
        return sql.write("keep delivery " + delivery.key(), session -> {
            session.update(
                    "INSERT INTO notice (notice_id, payload) VALUES (?, ?) ON CONFLICT (notice_id) DO NOTHING",
                    delivery.key().noticeId(),
                    delivery.notice().payload());
            int added = session.update(
                    """
                    INSERT INTO delivery (subscription_id, notice_id, begun_us, tries, state, revision)
                    VALUES (?, ?, ?, ?, 'WAITING', ?) ON CONFLICT (subscription_id, notice_id) DO NOTHING
                    """, delivery.key().subscriptionId(), delivery.key().noticeId(), delivery.begun(), 0, -1);
            return added == 1 && change(session, delivery, -1);
        });
    }

    @Override
    public Optional<Delivery> find(Delivery.Key key) {
        return sql.read("read delivery " + key, session -> find(session, key));
    }

    private static Optional<Delivery> find(Session session, Delivery.Key key) throws SQLException {
        return session.first(
                SELECT + "WHERE d.subscription_id = ? AND d.notice_id = ?",
                SqlDeliveryStore::delivery,
                key.subscriptionId(),
                key.noticeId());
    }

    @Override
    public Set<String> due(Instant now) {
        List<String> found = sql.read(
                "read the outbox",
                session -> session.list(
                        "SELECT DISTINCT subscription_id FROM delivery WHERE " + DUE,
                        row -> row.text("subscription_id"),
                        now,
                        now));
        return new TreeSet<>(found);
    }

    @Override
    public List<Delivery> claim(String subscriptionId, Instant now, Instant until, int limit) {
        return sql.write("claim deliveries to " + subscriptionId, session -> {
            List<Delivery> claimed = session.list(
                    SELECT + "WHERE d.subscription_id = ? AND " + DUE + " ORDER BY d.next_us, d.notice_id LIMIT ?"
                            + session.dialect().skipLocked(),
                    SqlDeliveryStore::delivery,
                    subscriptionId,
                    now,
                    now,
                    limit);
            for (Delivery delivery : claimed) {
                session.update(
                        "UPDATE delivery SET held_until_us = ? WHERE subscription_id = ? AND notice_id = ?",
                        until,
                        delivery.key().subscriptionId(),
                        delivery.key().noticeId());
            }
            return claimed;
        });
    }

    @Override
    public boolean settle(Delivery after) {
        return sql.write(
                "write down what became of delivery " + after.key(),
                session -> change(session, after, after.revision() - 1));
    }

    private static boolean change(Session session, Delivery after, int before) throws SQLException {
        Optional<Try> last = after.last();
        Optional<Answered> answered =
                last.map(Try::result).filter(Answered.class::isInstance).map(Answered.class::cast);
        Optional<Unanswered> unanswered =
                last.map(Try::result).filter(Unanswered.class::isInstance).map(Unanswered.class::cast);
        return session.update(
                        """
                UPDATE delivery SET begun_us = ?, tries = ?, state = ?, next_us = ?, ended_us = ?, reason = ?,
                    try_us = ?, try_took_us = ?, try_status = ?, try_retry_after = ?, try_fault = ?, try_text = ?,
                    revision = ?, held_until_us = NULL
                WHERE subscription_id = ? AND notice_id = ? AND revision = ?
                """,
                        after.begun(),
                        after.tries(),
                        word(after.state()),
                        next(after.state()),
                        ended(after.state()),
                        after.state() instanceof Dead dead ? Optional.of(dead.reason()) : Optional.empty(),
                        last.map(Try::at),
                        last.map(made ->
                                TimeUnit.NANOSECONDS.toMicros(made.took().toNanos())),
                        answered.map(Answered::status),
                        answered.flatMap(Answered::retryAfter),
                        unanswered.map(none -> none.fault().name()),
                        answered.map(Answered::excerpt).or(() -> unanswered.map(Unanswered::detail)),
                        after.revision(),
                        after.key().subscriptionId(),
                        after.key().noticeId(),
                        before)
                == 1;
    }

    @Override
    public List<Delivery> deadLetters(int limit) {
        return sql.read(
                "read the dead letters",
                session -> session.list(
                        SELECT + "WHERE d.state = 'DEAD' ORDER BY d.ended_us DESC, d.subscription_id, d.notice_id"
                                + " LIMIT ?",
                        SqlDeliveryStore::delivery,
                        limit));
    }

    @Override
    public int forget(Instant deliveredBefore, Instant deadBefore) {
        return sql.write("forget old deliveries", session -> {
            int forgotten = session.update(
                    "DELETE FROM delivery WHERE (state = 'DELIVERED' AND ended_us < ?) OR (state = 'DEAD' AND ended_us"
                            + " < ?)",
                    deliveredBefore,
                    deadBefore);
            session.update("DELETE FROM notice WHERE NOT EXISTS"
                    + " (SELECT 1 FROM delivery d WHERE d.notice_id = notice.notice_id)");
            return forgotten;
        });
    }

    private static String word(State state) {
        return switch (state) {
            case Waiting waiting -> "WAITING";
            case Delivered delivered -> "DELIVERED";
            case Dead dead -> "DEAD";
        };
    }

    private static Optional<Instant> next(State state) {
        return state instanceof Waiting waiting ? Optional.of(waiting.next()) : Optional.empty();
    }

    private static Optional<Instant> ended(State state) {
        return switch (state) {
            case Waiting waiting -> Optional.empty();
            case Delivered delivered -> Optional.of(delivered.at());
            case Dead dead -> Optional.of(dead.at());
        };
    }

    private static Delivery delivery(Row row) throws SQLException {
        Notice notice = new Notice(row.text("notice_id"), row.bytes("payload"));
        State state = switch (row.text("state")) {
            case "WAITING" -> new Waiting(row.instant("next_us"));
            case "DELIVERED" -> new Delivered(row.instant("ended_us"));
            case "DEAD" -> new Dead(row.instant("ended_us"), row.text("reason"));
            default -> throw new SQLException("a delivery is '" + row.text("state") + "'");
        };
        return new Delivery(
                new Delivery.Key(row.text("subscription_id"), notice.id()),
                notice,
                row.instant("begun_us"),
                row.count("tries"),
                state,
                made(row),
                row.count("revision"));
    }

    private static Optional<Try> made(Row row) throws SQLException {
        Optional<Instant> at = row.optionalInstant("try_us");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> fault = row.optionalText("try_fault");
        Try.Result result = fault.isPresent()
                ? new Unanswered(Try.Fault.valueOf(fault.get()), row.text("try_text"))
                : new Answered(row.count("try_status"), row.optionalText("try_retry_after"), row.text("try_text"));
        return Optional.of(new Try(at.get(), Duration.of(row.number("try_took_us"), ChronoUnit.MICROS), result));
    }
}
