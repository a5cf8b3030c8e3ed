package peagen.bench.gatekeeper.api.edge;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.edge.AccessRules;

/** An API for each test. */
abstract class ApiContract {

    static final Instant START = Instant.parse("2026-08-01T12:00:00Z");

    @TempDir
    Path folder;

    ApiFixture api;
    String[] admin;

    @BeforeEach
    void open() {
        api = new ApiFixture(folder, AccessRules.loopback());
        admin = new String[] {"Authorization", "Bearer " + api.token(Scope.ADMIN)};
    }

    @AfterEach
    void close() {
        api.close();
    }

    void stores(String runId) {
        api.stores
                .history()
                .requested(
                        runId,
                        new RunOrder(
                                "smoke",
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                Replication.ALONE),
                        Optional.empty(),
                        "test",
                        START);
    }
}
