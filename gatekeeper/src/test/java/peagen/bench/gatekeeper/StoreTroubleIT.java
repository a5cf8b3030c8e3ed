package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.Processes.Launched;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.PostgresServer;

/** A gatekeeper whose store does not do what it should for a while: it waits, says why, and nothing is lost. */
class StoreTroubleIT extends ProcessContract {

    @TempDir
    Path data;

    /** That it waits because of {@code reason}; the first run is judged, and the second comes now. */
    private void comesAndWaits(Launched gatekeeper, String reason) {
        happen(1);
        patiently().untilAsserted(() -> {
            assertThat(gatekeeper.ready().statusCode()).isEqualTo(503);
            assertThat(gatekeeper.ready().body()).contains("\"store\"", reason);
        });
        assertThat(verdicts()).hasSize(1);
        assertThat(pending(StreamNames.CONTROL) + unread()).isPositive();
    }

    private long unread() {
        return answerOf(broker.groupInfo(StreamNames.CONTROL, GatekeeperConfig.GROUP))
                .lag();
    }

    private Launched working() {
        Launched gatekeeper = launch();
        gatekeeper.awaitReady();
        happen(0);
        awaitAllToldOnce(1);
        return gatekeeper;
    }

    @Test
    void aServerThatIsGoneIsWaitedFor() {
        try (PostgresServer server = PostgresServer.start(data)) {
            StoreAddress.Postgres address = server.database("kept");
            store = address;
            Launched gatekeeper = working();

            server.stop();
            comesAndWaits(gatekeeper, "the server does not answer");
            patiently()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> gatekeeper.said().contains("leads no more"));
            assertThat(gatekeeper.ready().statusCode()).isEqualTo(503);
            assertThat(verdicts()).hasSize(1);
            server.startAgain(address.port());

            awaitAllToldOnce(2);
            gatekeeper.awaitReady();
        }
    }

    @Test
    void aServerThatTakesNothingForAWhileIsWaitedFor() {
        try (PostgresServer server = PostgresServer.start(data)) {
            store = server.database("kept");
            Launched gatekeeper = working();

            setReadOnly(server, "on");
            comesAndWaits(gatekeeper, "it is read-only");
            setReadOnly(server, "off");

            awaitAllToldOnce(2);
            gatekeeper.awaitReady();
        }
    }

    /** As it is with one of two servers that follow one another. */
    private static void setReadOnly(PostgresServer server, String whether) {
        server.execute("ALTER DATABASE kept SET default_transaction_read_only = " + whether);
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'kept'");
    }

    @Test
    void aDiskThatTakesNoMoreIsWaitedFor() throws IOException, InterruptedException {
        Launched gatekeeper = working();

        limitFiles(gatekeeper, Long.toString(Files.size(folder.resolve("store.db-wal"))));
        comesAndWaits(gatekeeper, "its disk does not read or write");
        limitFiles(gatekeeper, "unlimited");

        awaitAllToldOnce(2);
        gatekeeper.awaitReady();
    }

    /** From now on it cannot make a file longer than that. */
    private static void limitFiles(Launched gatekeeper, String bytes) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(gatekeeper.process().pid()),
                                "--fsize=" + bytes + ":")
                        .start()
                        .waitFor())
                .isZero();
    }
}
