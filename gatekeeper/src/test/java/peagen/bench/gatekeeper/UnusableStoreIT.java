package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.Processes.Launched;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.store.edge.PostgresStore;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.launch.Launcher;

/** Stores that cannot be opened when a gatekeeper starts: one line says which store and why, and shows no password. */
class UnusableStoreIT {

    private static final String NOBODY = "redis://127.0.0.1:1";

    @RegisterExtension
    static final PostgresStore POSTGRES = new PostgresStore();

    @TempDir
    Path folder;

    private Processes processes;

    @BeforeEach
    void open() {
        processes = new Processes(folder);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    /** A process whose error output is kept. */
    private record KeptOutput(PrintStream err, Map<String, String> environment) implements HostProcess {
        @Override
        public PrintStream out() {
            return err;
        }

        @Override
        public void onTermination(Runnable hook) {}

        @Override
        public void exit(int status) {}
    }

    private static void refuses(String store, String shown, String why) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        ExitCode code = new Launcher(new KeptOutput(err, Map.of("BENCH_STORE", store)))
                .launch(new Main(), "--redis", NOBODY, "--http", "off", "--log-level", "warn");

        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(code).as(text).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(text.lines().filter(line -> line.startsWith("gatekeeper: ")))
                .singleElement()
                .asString()
                .startsWith("gatekeeper: store " + shown + ": ")
                .contains(why);
        assertThat(text).doesNotContain("do-not-show");
    }

    private static String with(StoreAddress.Postgres address, int port, String database, String user) {
        return new StoreAddress.Postgres(
                        address.host(),
                        port,
                        database,
                        Optional.of(user),
                        Optional.of(new Secret("do-not-show")),
                        Map.of())
                .reveal();
    }

    @Test
    void aPasswordThatIsWrong() throws SQLException {
        StoreAddress.Postgres address = POSTGRES.fresh();
        POSTGRES.requirePassword("careful", "right");
        String shown = "postgresql://careful:****@127.0.0.1:%d/%s".formatted(address.port(), address.database());

        refuses(
                with(address, address.port(), address.database(), "careful"),
                shown,
                "cannot be opened: it does not take the password");
    }

    @Test
    void aDatabaseThatIsNotThere() {
        StoreAddress.Postgres address = POSTGRES.fresh();
        refuses(
                with(address, address.port(), "nowhere", "postgres"),
                "postgresql://postgres:****@127.0.0.1:%d/nowhere".formatted(address.port()),
                "cannot be opened: the server has no such database");
    }

    @Test
    void aServerThatDoesNotAnswer() {
        StoreAddress.Postgres nobody =
                new StoreAddress.Postgres("127.0.0.1", 1, "kept", Optional.empty(), Optional.empty(), Map.of());
        refuses(
                with(nobody, 1, "kept", "bench"),
                "postgresql://bench:****@127.0.0.1:1/kept",
                "cannot be opened: the server does not answer (Connection to 127.0.0.1:1 refused");
    }

    /** A process of its own, because a JVM that has looked up names keeps to where it looked. */
    @Test
    void aHostThatIsNotThere() throws InterruptedException {
        Launched gatekeeper = processes.launchUnder(
                "java=$1; shift; exec \"$java\" -Djdk.net.hosts.file=/dev/null \"$@\"",
                NOBODY,
                "postgresql://bench:do-not-show@nowhere.example:5433/kept");
        assertThat(gatekeeper.exitCode()).isEqualTo(3);
        assertThat(gatekeeper.said())
                .contains("gatekeeper: store postgresql://bench:****@nowhere.example:5433/kept: "
                        + "cannot be opened: there is no host of that name\n")
                .doesNotContain("do-not-show");
    }

    @Test
    void aFolderThatIsMissing() {
        Path file = folder.resolve("missing/store.db");
        refuses(file.toString(), "sqlite:" + file, "cannot be opened: there is no folder " + folder.resolve("missing"));
    }

    @Test
    void aFolderInPlaceOfAFile() {
        refuses(folder.toString(), "sqlite:" + folder, "cannot be opened: its file cannot be opened");
        refuses("/", "sqlite:/", "cannot be opened: its file cannot be opened");
    }

    @Test
    void aFileThatIsNoDatabase() throws IOException {
        Path file = folder.resolve("store.db");
        Files.writeString(file, "no database at all, but long enough to look into it ".repeat(100));
        refuses(file.toString(), "sqlite:" + file, "its file is no database");
    }

    @Test
    void tablesOfANewerGatekeeper() throws SQLException {
        Path file = folder.resolve("store.db");
        Database.open(new StoreAddress.Sqlite(file)).close();
        try (var raw = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = raw.createStatement()) {
            statement.execute("INSERT INTO schema_version VALUES (999, 'V999__later.sql', 'x', 0)");
        }
        refuses(file.toString(), "sqlite:" + file, "its tables are of version 999, and this program knows them up to");
    }

    @Test
    void aFileThatIsReadOnly() throws IOException {
        Path file = folder.resolve("store.db");
        Database.open(new StoreAddress.Sqlite(file)).close();
        // Who may do everything may write files that are read-only too; a version of writing that nobody knows is
        // read-only for all.
        try (FileChannel header = FileChannel.open(file, StandardOpenOption.WRITE)) {
            header.write(ByteBuffer.wrap(new byte[] {3}), 18);
        }
        refuses(file.toString(), "sqlite:" + file, "it is read-only");
    }
}
