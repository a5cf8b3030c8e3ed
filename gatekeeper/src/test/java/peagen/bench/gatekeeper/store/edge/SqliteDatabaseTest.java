package peagen.bench.gatekeeper.store.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.LeaseRow;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

class SqliteDatabaseTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

    @TempDir
    Path folder;

    private StoreAddress.Sqlite address() {
        return new StoreAddress.Sqlite(folder.resolve("store.db"));
    }

    private Database open() {
        return Database.open(address());
    }

    private Database open(Migrations migrations) {
        return Database.open(address(), Duration.ofMillis(50), migrations, asItIs -> {});
    }

    private Database openAfter(String pragma) {
        return Database.open(
                address(), Duration.ofMillis(50), Migrations.shipped(), pool -> pool.setConnectionInitSql(pragma));
    }

    private Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + address().file());
    }

    private static boolean judge(Database database, String runId) {
        return database.stores().history().judged(Verdicts.of(runId, VerdictState.PASS), NOW);
    }

    @Test
    void keepsItsFilesForItsUserAlone() throws IOException {
        try (Database database = open()) {
            judge(database, "run-1");
            try (var files = Files.list(folder)) {
                assertThat(files.toList())
                        .hasSizeGreaterThan(1)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void whatWasKeptIsThereWhenItIsOpenedAgain() {
        try (Database database = open()) {
            judge(database, "run-1");
        }
        try (Database database = open()) {
            assertThat(judge(database, "run-1")).isFalse();
        }
    }

    @Test
    void severalThatOpenItAtOnceMigrateItOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path file = folder.resolve("fresh-" + round + ".db");
            Callable<Database> opening = () -> Database.open(new StoreAddress.Sqlite(file));
            try (ExecutorService several = Executors.newFixedThreadPool(4)) {
                List<Future<Database>> opened = several.invokeAll(List.of(opening, opening, opening, opening));
                for (Future<Database> one : opened) {
                    one.get().close();
                }
            }
            try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = raw.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM schema_version")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(Migrations.FILES.size());
            }
        }
    }

    @Test
    void refusesTablesOfANewerVersionAndFilesThatWereChanged() {
        List<Migrations.Step> steps = new ArrayList<>(
                List.of(new Migrations.Step(1, "V001__a.sql", "-- one;\nCREATE TABLE a (b ${text});\n")));
        open(new Migrations(steps)).close();
        List<Migrations.Step> changed = List.of(new Migrations.Step(1, "V001__a.sql", "CREATE TABLE a (c ${text});"));
        steps.add(new Migrations.Step(2, "V002__b.sql", "ALTER TABLE a ADD COLUMN d ${bytes}"));
        List<Migrations.Step> older = List.of(steps.get(0));
        open(new Migrations(steps)).close();

        assertThatThrownBy(() -> open(new Migrations(older)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("its tables are of version 2, and this program knows them up to version 1");
        assertThatThrownBy(() -> open(new Migrations(changed)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("V001__a.sql is not what it was");
    }

    @Test
    void aMigrationThatFailsLeavesNothingBehind() {
        Migrations broken = new Migrations(List.of(
                new Migrations.Step(1, "V001__a.sql", "CREATE TABLE a (b ${text});"),
                new Migrations.Step(2, "V002__b.sql", "CREATE TABLE a (b ${text});")));
        assertThatThrownBy(() -> open(broken)).isInstanceOf(StoreException.class);

        open(new Migrations(List.of(new Migrations.Step(1, "V001__c.sql", "CREATE TABLE a (c ${text})"))))
                .close();
    }

    @Test
    void saysThatItIsLockedAndGoesOnWhenItIsNot() throws SQLException {
        try (Database database = open(Migrations.shipped());
                Connection other = raw();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> judge(database, "run-1"))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("store: cannot keep the verdict of run run-1: another program holds it locked");
            statement.execute("ROLLBACK");
            assertThat(judge(database, "run-1")).isTrue();
        }
    }

    @Test
    void saysThatItIsFullAndGoesOnWhenThereIsRoom() throws SQLException {
        open().close();
        int pages;
        try (Connection other = raw();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE ballast (bytes BLOB)");
            statement.execute("INSERT INTO ballast VALUES (zeroblob(1000000))");
            try (ResultSet rows = statement.executeQuery("PRAGMA page_count")) {
                assertThat(rows.next()).isTrue();
                pages = rows.getInt(1);
            }
        }
        try (Database database = openAfter("PRAGMA max_page_count = " + (pages + 1))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            judge(database, "run-" + i);
                        }
                    })
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("its disk is full, or it has reached its largest size");
            try (Connection other = raw();
                    Statement statement = other.createStatement()) {
                statement.execute("DELETE FROM ballast");
            }
            assertThat(judge(database, "late")).isTrue();
        }
    }

    @Test
    void saysThatItIsReadOnly() {
        open().close();

        assertThatThrownBy(() -> openAfter("PRAGMA query_only = ON"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it is read-only");
    }

    @Test
    void saysWhatIsWrongWithItsFile() throws IOException {
        Files.writeString(address().file(), "no database at all, but long enough to look into it ".repeat(100));
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("is no database");

        assertThatThrownBy(() -> Database.open(new StoreAddress.Sqlite(folder.resolve("missing/store.db"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be opened: there is no folder ");
    }

    @Test
    void onlyWhoLeadsCanWrite() {
        try (Database database = open()) {
            Lease lease = new Lease(database.sql());
            LeaseRow free = lease.read();
            assertThat(lease.take(free, "one")).isTrue();
            assertThat(lease.take(free, "two")).isFalse();
            Stores first = database.stores(1);
            assertThat(first.history().judged(Verdicts.of("run-1", VerdictState.PASS), NOW))
                    .isTrue();

            assertThat(lease.renew(1)).isTrue();
            assertThat(lease.take(lease.read(), "two")).isTrue();

            assertThat(lease.renew(1)).isFalse();
            assertThatThrownBy(() -> first.history().judged(Verdicts.of("run-2", VerdictState.PASS), NOW))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("store: another gatekeeper leads");
            assertThatThrownBy(() -> database.stores().transactions().inTransaction(() -> {
                        database.stores().history().judged(Verdicts.of("run-3", VerdictState.PASS), NOW);
                        first.bookmarks().put("a", "b");
                        return true;
                    }))
                    .hasMessage("store: another gatekeeper leads");
            assertThat(database.stores().history().run("run-3")).isEmpty();
            lease.release(1);
            assertThat(lease.read().holder()).isEqualTo("two");
            lease.release(2);
            assertThat(lease.read().holder()).isEmpty();
        }
    }

    @Test
    void whoPassesOverTheFailureOfAPartDoesNotCommitTheRest() {
        try (Database database = open()) {
            Stores fenced = database.stores(99);
            assertThatThrownBy(() -> database.stores().transactions().inTransaction(() -> {
                        judge(database, "run-1");
                        try {
                            fenced.bookmarks().put("a", "b");
                        } catch (StoreException passedOver) {
                            return false;
                        }
                        return true;
                    }))
                    .isInstanceOf(StoreException.class);
            assertThat(database.stores().history().run("run-1")).isEmpty();
        }
    }
}
