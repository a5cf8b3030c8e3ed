package peagen.bench.gatekeeper.store.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import peagen.bench.gatekeeper.history.domain.StoreException;

/**
 * Brings a database to the shape that this program knows: numbered SQL files, each executed once, in order, all of them in one
 * transaction. Two gatekeepers that start at the same moment do it one after the other, and the second finds nothing to do.
 */
final class Migrations {

    /** The files in the order of their numbers. One that was published is never changed; a further one is added. */
    static final List<String> FILES = List.of("V001__runs_and_webhooks.sql", "V010__access.sql");

    private static final String FOLDER = "/db/migration/";

    private final List<Step> steps;

    /**
     * A file.
     *
     * @param version its number
     */
    record Step(int version, String name, String text) {
        String checksum() {
            return Digests.sha256(text);
        }
    }

    Migrations(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Those that come with this program. */
    static Migrations shipped() {
        return new Migrations(FILES.stream()
                .map(name -> new Step(Integer.parseInt(name.substring(1, 4)), name, resource(FOLDER + name)))
                .toList());
    }

    /**
     * Executes what is missing.
     *
     * @return how many files
     * @throws StoreException when a newer program has been there, or a file is not what it was when it was executed
     */
    int apply(Sql sql, Supplier<Instant> now) {
        return sql.write("bring its tables to this version", session -> {
            if (!session.dialect().migrationLock().isEmpty()) {
                session.execute(session.dialect().migrationLock());
            }
            session.execute(filled(
                    "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name ${text} NOT NULL,"
                            + " checksum ${text} NOT NULL, applied_us BIGINT NOT NULL)",
                    session.dialect()));
            // SQLite begins a transaction on a file that is read-only, and finds nothing wrong before something is
            // changed.
            session.update("UPDATE schema_version SET name = name WHERE version < 0");
            Map<Integer, String> applied = applied(session);
            check(applied);
            int done = 0;
            for (Step step : steps) {
                if (!applied.containsKey(step.version())) {
                    execute(session, step);
                    session.update(
                            "INSERT INTO schema_version (version, name, checksum, applied_us) VALUES (?, ?, ?, ?)",
                            step.version(),
                            step.name(),
                            step.checksum(),
                            now.get());
                    done++;
                }
            }
            return done;
        });
    }

    private static Map<Integer, String> applied(Session session) throws SQLException {
        Map<Integer, String> applied = new TreeMap<>();
        session.list("SELECT version, name, checksum FROM schema_version", row -> {
            return applied.put(row.count("version"), row.text("checksum"));
        });
        return applied;
    }

    private void check(Map<Integer, String> applied) {
        Map<Integer, Step> known = steps.stream().collect(Collectors.toMap(Step::version, step -> step));
        int newest = known.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        applied.forEach((version, checksum) -> {
            Step step = known.get(version);
            if (step == null) {
                throw refusal("its tables are of version %d, and this program knows them up to version %d: a newer"
                                .formatted(version, newest)
                        + " gatekeeper has worked with it");
            }
            if (!step.checksum().equals(checksum)) {
                throw refusal("%s is not what it was when it was executed there".formatted(step.name()));
            }
        });
    }

    private static StoreException refusal(String why) {
        return new StoreException("store: cannot be used: " + why, new IllegalStateException(why));
    }

    private static void execute(Session session, Step step) throws SQLException {
        String bare = step.text()
                .lines()
                .filter(line -> !line.startsWith("--"))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
        for (String statement : filled(bare, session.dialect()).split(";(\n|$)", -1)) {
            if (!statement.isBlank()) {
                session.execute(statement);
            }
        }
    }

    private static String filled(String text, Dialect dialect) {
        return text.replace("${text}", dialect.text()).replace("${bytes}", dialect.bytes());
    }

    private static String resource(String path) {
        try (InputStream in = Migrations.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the gatekeeper's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
