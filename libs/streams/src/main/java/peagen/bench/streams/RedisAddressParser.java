package peagen.bench.streams;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import peagen.bench.contract.Secret;
import peagen.bench.streams.BrokerException.Reason;

/** Reads Redis addresses from left to right and says in one line what it would rather have read. */
final class RedisAddressParser {

    private static final int LARGEST_PORT = 65_535;

    private final String setting;
    private final String text;

    RedisAddressParser(String setting, String text) {
        this.setting = setting;
        this.text = text;
    }

    RedisAddress parse() {
        boolean tls = text.startsWith("rediss://");
        if (!tls && !text.startsWith("redis://")) {
            throw expected("redis://…, rediss://…, embedded or stub://");
        }
        String rest = text.substring(text.indexOf("//") + 2);
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        rest = question < 0 ? rest : rest.substring(0, question);
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "" : rest.substring(slash + 1);
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String credentials = at < 0 ? "" : authority.substring(0, at);
        String place = authority.substring(at + 1);
        return new RedisAddress(
                host(place),
                port(place),
                database(path),
                user(credentials),
                password(credentials),
                tls,
                certificateAuthority(query, tls));
    }

    private String host(String place) {
        if (place.startsWith("[")) {
            int close = place.indexOf(']');
            if (close < 2) {
                throw expected("an IPv6 address between [ and ]");
            }
            return place.substring(1, close);
        }
        int colon = place.indexOf(':');
        if (colon != place.lastIndexOf(':')) {
            throw expected("an IPv6 address in brackets, as in redis://[::1]:6379");
        }
        String host = colon < 0 ? place : place.substring(0, colon);
        if (host.isEmpty() || host.contains(" ")) {
            throw expected("a host, as in redis://localhost:6379");
        }
        return host;
    }

    private int port(String place) {
        String after = place.startsWith("[") ? place.substring(place.indexOf(']') + 1) : place;
        int colon = after.indexOf(':');
        if (colon < 0) {
            if (place.startsWith("[") && !after.isEmpty()) {
                throw expected("a colon and a port after ]");
            }
            return RedisAddress.DEFAULT_PORT;
        }
        int port = number(after.substring(colon + 1));
        if (port < 1 || port > LARGEST_PORT) {
            throw expected("a port between 1 and " + LARGEST_PORT);
        }
        return port;
    }

    private int database(String path) {
        if (path.isEmpty()) {
            return 0;
        }
        int database = number(path);
        if (database < 0) {
            throw expected("a database index after the slash: 0, 1, 2 …");
        }
        return database;
    }

    private Optional<String> user(String credentials) {
        int colon = credentials.indexOf(':');
        if (colon < 0 && !credentials.isEmpty()) {
            throw expected("user:password or :password before the @");
        }
        return colon <= 0 ? Optional.empty() : Optional.of(decode(credentials.substring(0, colon)));
    }

    private Optional<Secret> password(String credentials) {
        int colon = credentials.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(new Secret(decode(credentials.substring(colon + 1))));
    }

    private Optional<Path> certificateAuthority(String query, boolean tls) {
        if (query.isEmpty()) {
            return Optional.empty();
        }
        if (!query.startsWith("ca=") || query.contains("&") || !tls) {
            throw expected("no parameter other than ?ca=/path/to/ca.pem, and that only with rediss://");
        }
        return Optional.of(Path.of(decode(query.substring(3))));
    }

    /** A plain decimal number, or -1. */
    private static int number(String digits) {
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }

    private String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw expected("%XX for every special character of user and password");
        }
    }

    private BrokerException expected(String what) {
        return new BrokerException(Reason.BAD_ADDRESS, setting + ": got '" + masked() + "', expected " + what);
    }

    /** The text without what might be a password, however broken the rest is. */
    private String masked() {
        int at = text.lastIndexOf('@');
        int slashes = text.indexOf("//");
        return at < 0
                ? text
                : text.substring(0, slashes < 0 || slashes > at ? 0 : slashes + 2) + "***" + text.substring(at);
    }
}
