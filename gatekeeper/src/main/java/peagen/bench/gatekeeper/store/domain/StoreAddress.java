package peagen.bench.gatekeeper.store.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import peagen.bench.contract.Secret;

/** Where a store is. Its text shows no password. */
public sealed interface StoreAddress {

    /** Finishes the sentence "got 'x', expected …". */
    String EXPECTED = "the path of a file, sqlite:PATH, or postgresql://[user[:password]@]host[:port]/database";

    /** As it is written, password and all, for the one who has to keep it. */
    String reveal();

    /**
     * A file of SQLite's; made when it is missing.
     *
     * @param file its path
     */
    record Sqlite(Path file) implements StoreAddress {
        @Override
        public String reveal() {
            return "sqlite:" + file;
        }

        /** {@code sqlite:gatekeeper.db}. */
        @Override
        public String toString() {
            return reveal();
        }
    }

    /**
     * A database of a PostgreSQL server.
     *
     * @param user empty for the driver's own choice
     * @param password empty where the server asks for none, or the driver finds it elsewhere
     * @param options what else the driver is told, such as {@code sslmode}
     */
    record Postgres(
            String host,
            int port,
            String database,
            Optional<String> user,
            Optional<Secret> password,
            Map<String, String> options)
            implements StoreAddress {

        /** Copies the map. */
        public Postgres {
            options = Map.copyOf(options);
        }

        /** What the driver is given; without user and password. */
        public String jdbcUrl() {
            return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
        }

        @Override
        public String reveal() {
            return written(password.map(Secret::reveal));
        }

        /** {@code postgresql://bench:****@db.example.org:5432/bench}. */
        @Override
        public String toString() {
            return written(password.map(Secret::toString));
        }

        private String written(Optional<String> shown) {
            String who = user.map(name -> name + shown.map(word -> ":" + word).orElse("") + "@")
                    .orElse("");
            String rest = options.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(option -> option.getKey() + "=" + option.getValue())
                    .collect(Collectors.joining("&"));
            return "postgresql://%s%s:%d/%s%s".formatted(who, host, port, database, rest.isEmpty() ? "" : "?" + rest);
        }
    }

    /** Reads what {@link #EXPECTED} says, also with {@code jdbc:} in front; empty when {@code text} is none of it. */
    static Optional<StoreAddress> parse(String text) {
        String bare = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        if (bare.startsWith("postgresql:") || bare.startsWith("postgres:")) {
            return PostgresText.read(bare);
        }
        if (bare.startsWith("sqlite:")) {
            return file(bare.substring("sqlite:".length()));
        }
        return PostgresText.SCHEME.matcher(text).lookingAt() ? Optional.empty() : file(text);
    }

    private static Optional<StoreAddress> file(String path) {
        try {
            return path.isBlank() || path.startsWith(":") ? Optional.empty() : Optional.of(new Sqlite(Path.of(path)));
        } catch (IllegalArgumentException notAPath) {
            return Optional.empty();
        }
    }
}

/** The written form of a {@link StoreAddress.Postgres}. */
final class PostgresText {

    /** What a path does not begin with: two letters at least, because of drives. */
    static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

    private static final int PORT = 5432;

    private PostgresText() {}

    static Optional<StoreAddress> read(String text) {
        try {
            URI uri = new URI(text);
            String path = Optional.ofNullable(uri.getPath()).orElse("");
            if (uri.getHost() == null || path.length() < 2 || path.indexOf('/', 1) >= 0 || uri.getFragment() != null) {
                return Optional.empty();
            }
            Map<String, String> options = options(Optional.ofNullable(uri.getRawQuery()));
            if (options.containsValue("")) {
                return Optional.empty();
            }
            String[] who = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
            Optional<String> user = Optional.ofNullable(options.remove("user"))
                    .or(() -> Optional.of(decoded(who[0])).filter(name -> !name.isEmpty()));
            Optional<String> password = Optional.ofNullable(options.remove("password"))
                    .or(() -> who.length > 1 ? Optional.of(decoded(who[1])) : Optional.empty());
            int port = uri.getPort() > 0 ? uri.getPort() : PORT;
            return Optional.of(new StoreAddress.Postgres(
                    uri.getHost(), port, path.substring(1), user, password.map(Secret::new), options));
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static Map<String, String> options(Optional<String> query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query.orElse("").split("&", -1)) {
            String[] pair = option.split("=", 2);
            if (!option.isEmpty()) {
                options.put(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
            }
        }
        return options;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
