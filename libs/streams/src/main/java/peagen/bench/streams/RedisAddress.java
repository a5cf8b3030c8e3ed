package peagen.bench.streams;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import peagen.bench.contract.Secret;

/**
 * A Redis server: {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://…[?ca=/path/to/ca.pem]} for TLS.
 * Its text form hides the password.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port TCP port, 6379 unless given
 * @param database index of the logical database, 0 unless given
 * @param user ACL user; {@code default} when a password stands alone
 * @param password what AUTH is given
 * @param tls whether the connection is encrypted; host name and certificate are always verified
 * @param certificateAuthority PEM file of the authority to trust instead of the JVM's own list
 */
public record RedisAddress(
        String host,
        int port,
        int database,
        Optional<String> user,
        Optional<Secret> password,
        boolean tls,
        Optional<Path> certificateAuthority)
        implements BrokerAddress {

    /** Where Redis listens unless told otherwise. */
    public static final int DEFAULT_PORT = 6379;

    /** A server without password and TLS, database 0. */
    public static RedisAddress of(String host, int port) {
        return new RedisAddress(host, port, 0, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /**
     * Reads a {@code redis://} or {@code rediss://} address given for the setting {@code REDIS}.
     *
     * @throws BrokerException with {@link BrokerException.Reason#BAD_ADDRESS} and one line that says what was expected
     */
    public static RedisAddress parse(String text) {
        return new RedisAddressParser("REDIS", text).parse();
    }

    /** The same database with the same credentials behind a proxy that is met without TLS. */
    public RedisAddress behind(String proxyHost, int proxyPort) {
        return new RedisAddress(proxyHost, proxyPort, database, user, password, false, Optional.empty());
    }

    /** Scheme, host and port: what the Redis client needs to open a socket, without any secret. */
    public String endpoint() {
        return (tls ? "rediss://" : "redis://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** The complete address, password included, for a child process. {@link #parse} reads it back. Never log it. */
    public String reveal() {
        String credentials = password.map(
                        secret -> user.map(RedisAddress::encode).orElse("") + ":" + encode(secret.reveal()) + "@")
                .orElse("");
        return write(credentials);
    }

    /** The address with {@code ****} for a password. */
    @Override
    public String toString() {
        return write(
                password.map(secret -> user.orElse("") + ":" + secret + "@").orElse(""));
    }

    private String write(String credentials) {
        String bare = endpoint();
        int authority = bare.indexOf("//") + 2;
        return bare.substring(0, authority)
                + credentials
                + bare.substring(authority)
                + (database == 0 ? "" : "/" + database)
                + certificateAuthority
                        .map(path -> "?ca=" + encode(path.toString()))
                        .orElse("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
