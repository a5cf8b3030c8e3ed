package peagen.bench.gatekeeper.store.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import peagen.bench.gatekeeper.store.domain.StoreAddress;

/** Stores in fresh databases of one PostgreSQL, which all classes of tests share that do not stop it. */
public final class PostgresStore implements BeforeAllCallback, AfterEachCallback {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final List<Database> opened = new ArrayList<>();
    private ExtensionContext.Store shared;

    /** The server and its files; closed with the last class. */
    private record Shared(PostgresServer server, Path folder) implements AutoCloseable {

        static Shared start() {
            try {
                Path folder = Files.createTempDirectory("postgres");
                return new Shared(PostgresServer.start(folder), folder);
            } catch (IOException noFolder) {
                throw new UncheckedIOException(noFolder);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot().getStore(Namespace.create(PostgresStore.class));
    }

    /** The address of a database that is new and empty. */
    public StoreAddress.Postgres fresh() {
        return server().database("kept_" + NAMES.incrementAndGet());
    }

    /** Makes a user whose password is asked for. */
    public void requirePassword(String user, String password) {
        server().requirePassword(user, password);
    }

    private PostgresServer server() {
        return shared.getOrComputeIfAbsent(Shared.class, type -> Shared.start(), Shared.class)
                .server();
    }

    /** A store in a database that is new; closed after the test. */
    Database open() {
        Database database = Database.open(fresh());
        opened.add(database);
        return database;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        opened.forEach(Database::close);
        opened.clear();
    }
}
