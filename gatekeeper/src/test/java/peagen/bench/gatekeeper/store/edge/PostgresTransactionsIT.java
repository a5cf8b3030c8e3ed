package peagen.bench.gatekeeper.store.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

/** Transactions whose connection breaks, or that nobody goes on with. */
class PostgresTransactionsIT {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

    @RegisterExtension
    static final PostgresStore STORE = new PostgresStore();

    private StoreAddress.Postgres address;

    @BeforeEach
    void database() {
        address = STORE.fresh();
    }

    private static boolean judge(Database database, String runId) {
        return database.stores().history().judged(Verdicts.of(runId, VerdictState.PASS), NOW);
    }

    /** Ends every other connection to the database. */
    private void breakConnections() {
        try (Connection other = DriverManager.getConnection(address.jdbcUrl(), "postgres", "");
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void aConnectionThatBreaksInTheMiddleLeavesNothingBehind() {
        try (Database database = Database.open(address)) {
            assertThatThrownBy(() -> database.stores().transactions().inTransaction(() -> {
                        assertThat(judge(database, "run-1")).isTrue();
                        breakConnections();
                        return database.stores().bookmarks().find("a");
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the server does not answer");

            assertThat(database.stores().history().run("run-1")).isEmpty();
            assertThat(judge(database, "run-1")).isTrue();
        }
    }

    @Test
    void aConnectionThatBreaksBeforeTheCommitLeavesNothingBehind() {
        try (Database database = Database.open(address)) {
            assertThatThrownBy(() -> database.stores().transactions().inTransaction(() -> {
                        judge(database, "run-1");
                        breakConnections();
                        return true;
                    }))
                    .isInstanceOf(StoreException.class);

            assertThat(database.stores().history().run("run-1")).isEmpty();
            assertThat(judge(database, "run-1")).isTrue();
        }
    }

    @Test
    void aTransactionThatStandsStillIsEndedAndKeepsNobodyOut() throws Exception {
        try (Database still = Database.open(
                        address,
                        Duration.ofSeconds(1),
                        Migrations.shipped(),
                        pool -> pool.setConnectionInitSql("SET idle_in_transaction_session_timeout = 500"));
                Database other = Database.open(address);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            assertThatThrownBy(() -> still.stores().transactions().inTransaction(() -> {
                        still.stores().bookmarks().put("a", "half");
                        Future<Boolean> waiting = threads.submit(() -> {
                            other.stores().bookmarks().put("a", "whole");
                            return true;
                        });
                        await().atMost(Duration.ofSeconds(20)).until(waiting::isDone);
                        return judge(still, "run-1");
                    }))
                    .isInstanceOf(StoreException.class);

            assertThat(other.stores().bookmarks().find("a")).contains("whole");
            assertThat(other.stores().history().run("run-1")).isEmpty();
            assertThat(judge(still, "run-1")).isTrue();
        }
    }
}
