package peagen.bench.gatekeeper.webhook.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where webhooks go: an absolute {@code https} or {@code http} URL with a host and without user, password and fragment. Its text
 * shows scheme, host and port alone, because paths and queries of receivers often hold a token.
 */
public final class Destination {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final URI url;

    private Destination(URI url) {
        this.url = url;
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when nothing can be sent there; the message says why and does not show the URL
     */
    public static Destination of(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException noUri) {
            throw new IllegalArgumentException("url: is none (" + noUri.getReason() + ")");
        }
        String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("url: got scheme '" + scheme + "', expected https or http");
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException("url: has no host, or a port that is none; expected https://host/path");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("url: has a user or a fragment; expected https://host/path");
        }
        return new Destination(url);
    }

    /** Whether the connection is encrypted. */
    public boolean tls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** The name, or the address without brackets. */
    public String host() {
        return url.getHost().replaceAll("^\\[|]$", "");
    }

    /** The port, the scheme's own where the URL names none. */
    public int port() {
        return url.getPort() > 0 ? url.getPort() : tls() ? HTTPS_PORT : HTTP_PORT;
    }

    /** What the {@code Host} header says: the host, and the port where it is not the scheme's own. */
    public String authority() {
        return url.getRawAuthority();
    }

    /** Path and query as they are sent. */
    public String path() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** The whole URL, for the one who has to keep it. */
    public String reveal() {
        return url.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Destination that && url.equals(that.url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    /** {@code https://host:port/…}. */
    @Override
    public String toString() {
        return "%s://%s:%d%s"
                .formatted(tls() ? "https" : "http", url.getHost(), port(), path().equals("/") ? "/" : "/…");
    }
}
