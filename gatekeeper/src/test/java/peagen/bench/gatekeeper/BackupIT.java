package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.Processes.Launched;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;

/** Backup and restore of a store, as its guide says. */
class BackupIT extends ProcessContract {

    private static final Pattern COMMAND = Pattern.compile("sqlite3 gatekeeper\\.db \"([^\"]+)'backup\\.db'\"");

    /** The statement that the guide has executed, with another file in place of its own. */
    private static String statement(Path backup) throws IOException {
        Matcher command = COMMAND.matcher(Files.readString(Path.of("..", "docs", "guides", "store.md")));
        assertThat(command.find()).as("a command in the guide").isTrue();
        return command.group(1) + "'" + backup + "'";
    }

    @Test
    void whatWasJudgedAfterTheBackupComesBackFromTheStream() throws IOException, SQLException, InterruptedException {
        Path file = folder.resolve("store.db");
        Path backup = folder.resolve("backup.db");
        Launched gatekeeper = launch();
        happen(0);
        happen(1);
        awaitAllToldOnce(2);

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute(statement(backup));
        }
        happen(2);
        awaitAllToldOnce(3);
        gatekeeper.end();
        try (Database kept = Database.open(new StoreAddress.Sqlite(backup))) {
            assertThat(kept.stores().history().run("run-1")).isPresent();
            assertThat(kept.stores().history().run("run-2")).isEmpty();
        }
        Files.deleteIfExists(folder.resolve("store.db-wal"));
        Files.deleteIfExists(folder.resolve("store.db-shm"));
        Files.move(backup, file, StandardCopyOption.REPLACE_EXISTING);
        launch().awaitReady();
        happen(3);

        awaitAllToldOnce(4);
    }
}
