package peagen.bench.gatekeeper.store.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.Secret;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

class PostgresDatabaseIT {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private PostgresServer server;
    private StoreAddress.Postgres address;

    @BeforeEach
    void start() {
        server = PostgresServer.start(folder);
        address = server.database("kept");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static boolean judge(Database database, String runId) {
        return database.stores().history().judged(Verdicts.of(runId, VerdictState.PASS), NOW);
    }

    @Test
    void severalThatOpenItAtOnceMigrateItOnce() throws Exception {
        Callable<Database> opening = () -> Database.open(address);
        try (ExecutorService several = Executors.newFixedThreadPool(4)) {
            List<Future<Database>> opened = several.invokeAll(List.of(opening, opening, opening, opening));
            for (Future<Database> one : opened) {
                one.get().close();
            }
        }
        try (Database database = Database.open(address)) {
            assertThat(judge(database, "run-1")).isTrue();
        }
    }

    @Test
    void saysThatTheServerIsGoneAndGoesOnWhenItIsBack() {
        try (Database database = Database.open(address)) {
            assertThat(judge(database, "run-1")).isTrue();
            server.stop();
            assertThatThrownBy(() -> judge(database, "run-2"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the server does not answer");
            server.startAgain(address.port());

            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .until(() -> judge(database, "run-2"));
            assertThat(judge(database, "run-1")).isFalse();
        }
    }

    @Test
    void onlyWhoLeadsCanWriteAndWhoTakesTheLeadWaitsForItsTransaction() throws Exception {
        try (Database database = Database.open(address);
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            Lease lease = new Lease(database.sql());
            assertThat(lease.take(lease.read(), "one")).isTrue();
            Stores first = database.stores(1);
            Future<Boolean> taken = first.transactions().inTransaction(() -> {
                first.bookmarks().put("a", "1");
                Future<Boolean> taking = other.submit(() -> lease.take(lease.read(), "two"));
                await().during(Duration.ofMillis(300)).until(() -> !taking.isDone());
                return taking;
            });
            assertThat(taken.get()).isTrue();
            assertThatThrownBy(() -> first.bookmarks().put("a", "2")).hasMessage("store: another gatekeeper leads");
            assertThat(database.stores().bookmarks().find("a")).contains("1");
        }
    }

    @Test
    void aFailedPartSpoilsTheWhole() {
        try (Database database = Database.open(address)) {
            assertThatThrownBy(() -> database.stores().transactions().inTransaction(() -> {
                        judge(database, "run-1");
                        try {
                            database.sql().write("fail", session -> session.update("INSERT INTO nowhere VALUES (1)"));
                        } catch (StoreException passedOver) {
                            return false;
                        }
                        return true;
                    }))
                    .isInstanceOf(StoreException.class);
            assertThat(database.stores().history().run("run-1")).isEmpty();
        }
    }

    @Test
    void showsNoPasswordWhenItCannotBeOpened() {
        StoreAddress.Postgres missing = new StoreAddress.Postgres(
                address.host(),
                address.port(),
                "nowhere",
                Optional.of("postgres"),
                Optional.of(new Secret("do-not-show")),
                Map.of());
        assertThatThrownBy(() -> Database.open(missing))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the server has no such database")
                .hasMessageNotContaining("do-not-show");
    }
}
