package peagen.bench.gatekeeper.store.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.store.domain.StoreAddress.Postgres;
import peagen.bench.gatekeeper.store.domain.StoreAddress.Sqlite;

class StoreAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:kept/store.db", "kept/store.db", "jdbc:sqlite:kept/store.db"})
    void readsAFile(String text) {
        assertThat(StoreAddress.parse(text)).contains(new Sqlite(Path.of("kept/store.db")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:p%40ss+w@db.example.org:5433/bench?sslmode=verify-full",
                "postgres://ann:p%40ss+w@db.example.org:5433/bench?sslmode=verify-full",
                "jdbc:postgresql://db.example.org:5433/bench?user=ann&password=p%40ss+w&sslmode=verify-full"
            })
    void readsAServer(String text) {
        Postgres expected = new Postgres(
                "db.example.org",
                5433,
                "bench",
                Optional.of("ann"),
                Optional.of(new Secret("p@ss+w")),
                Map.of("sslmode", "verify-full"));
        assertThat(StoreAddress.parse(text)).contains(expected);
        assertThat(expected.toString())
                .isEqualTo("postgresql://ann:****@db.example.org:5433/bench?sslmode=verify-full");
        assertThat(expected.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.org:5433/bench");
    }

    @Test
    void needsNoUserAndNoPort() {
        assertThat(StoreAddress.parse("postgresql://db/bench").map(StoreAddress::toString))
                .contains("postgresql://db:5432/bench");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sqlite:",
                "sqlite::memory:",
                "mysql://db/bench",
                "postgresql://db",
                "postgresql://db/",
                "postgresql:///bench",
                "postgresql://db/bench/more",
                "postgresql://db/bench?sslmode",
                "postgresql://d b/bench"
            })
    void refusesWhatIsNone(String text) {
        assertThat(StoreAddress.parse(text)).isEmpty();
    }
}
