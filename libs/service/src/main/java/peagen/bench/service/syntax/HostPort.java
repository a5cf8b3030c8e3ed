package peagen.bench.service.syntax;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, written {@code host:port} or {@code [::1]:port}.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 * @param port 0 to 65535; 0 asks for any free port where one is opened
 */
public record HostPort(String host, int port) {

    /** The phrase for a problem or a help text. */
    public static final String EXPECTED = "host:port such as 127.0.0.1:9464";

    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

    /** Rejects a port outside 0 to 65535 and an empty host. */
    public HostPort {
        if (port < 0 || port > 65_535 || host.isBlank()) {
            throw new IllegalArgumentException("no host and port: " + host + ":" + port);
        }
    }

    /** Reads {@code host:port}; empty when {@code text} is none. */
    public static Optional<HostPort> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        String host = Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
        return port > 65_535 ? Optional.empty() : Optional.of(new HostPort(host, port));
    }

    /** As it is written: {@code 127.0.0.1:9464}, {@code [::1]:9464}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
