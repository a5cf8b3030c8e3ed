package peagen.bench.gatekeeper;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import peagen.bench.gatekeeper.Processes.Launched;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

/** A gatekeeper that is killed or stopped at any moment. */
class KilledGatekeeperIT extends ProcessContract {

    private static final int RUNS = 16;
    private static final int KILLS = 4;

    @ParameterizedTest
    @CsvSource({"SQLITE, 1", "SQLITE, 2", "SQLITE, 3", "POSTGRESQL, 4"})
    void everyRunGetsOneVerdictAndEveryWebhookOneBody(Kind kind, long seed) throws Exception {
        use(kind);
        Random random = new Random(seed);
        int number = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int before = verdicts().size();
            Launched gatekeeper = launch();
            for (int i = 0; i < RUNS / KILLS; i++) {
                happen(number++);
            }
            int wanted = Math.min(number, before + 1 + random.nextInt(RUNS / KILLS));
            patiently().until(() -> verdicts().size() >= wanted);
            // Between one step and the next of whatever comes now.
            gatekeeper.process().waitFor(random.nextInt(12), TimeUnit.MILLISECONDS);
            gatekeeper.kill();
        }
        launch();

        awaitAllToldOnce(number);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void oneThatWasStoppedAndGoesOnChangesNothing(Kind kind) throws Exception {
        use(kind);
        Launched first = launch();
        happen(0);
        awaitVerdicts(1);
        launch();
        stopBetweenTransactions(first);
        for (int number = 1; number < 8; number++) {
            happen(number);
        }
        patiently().atMost(Duration.ofSeconds(40)).until(() -> verdicts().size() == 8);

        first.signal("CONT");
        happen(8);

        awaitAllToldOnce(9);
    }

    /** One that is stopped in the very middle of a transaction keeps a file locked until it goes on: nobody could take over. */
    private void stopBetweenTransactions(Launched gatekeeper) throws Exception {
        gatekeeper.signal("STOP");
        while (store instanceof StoreAddress.Sqlite(var file) && isLocked(file)) {
            gatekeeper.signal("CONT");
            gatekeeper.process().waitFor(5, TimeUnit.MILLISECONDS);
            gatekeeper.signal("STOP");
        }
    }

    private static boolean isLocked(Path file) throws SQLException {
        try (var store = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = store.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 500");
            statement.execute("BEGIN IMMEDIATE");
            return false;
        } catch (SQLException refused) {
            if (refused.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code) {
                throw refused;
            }
            return true;
        }
    }
}
