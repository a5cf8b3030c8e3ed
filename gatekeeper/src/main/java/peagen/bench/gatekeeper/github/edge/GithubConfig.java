package peagen.bench.gatekeeper.github.edge;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.github.domain.AppKey;
import peagen.bench.gatekeeper.github.domain.Channel;

/**
 * How GitHub is told.
 *
 * @param api {@code https://api.github.com}, or {@code https://HOST/api/v3} of a GitHub Enterprise Server
 * @param token a token that may write commit statuses, or contents for dispatches
 * @param app an App, which is what everything is sent as when it is there
 * @param channels what is told
 * @param publicUrl where links lead
 * @param limit how long a call may take
 */
public record GithubConfig(
        URI api,
        Optional<Secret> token,
        Optional<App> app,
        Set<Channel> channels,
        Optional<URI> publicUrl,
        Duration limit) {

    /** Where the API of github.com is. */
    public static final URI GITHUB = URI.create("https://api.github.com");

    /** As long as webhooks may take. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    /** Refuses what could never send anything. */
    public GithubConfig {
        channels = Set.copyOf(channels);
        if (token.isEmpty() && app.isEmpty()) {
            throw new IllegalArgumentException("github: expected a token or an App");
        }
        if (channels.contains(Channel.CHECK) && app.isEmpty()) {
            throw new IllegalArgumentException("github: check runs need an App");
        }
        if (api.getHost() == null || !Set.of("https", "http").contains(api.getScheme())) {
            throw new IllegalArgumentException("github: got API '" + api + "', expected https://host/path");
        }
    }

    /**
     * An App that is installed where the repositories are.
     *
     * @param id the App's id or client id
     * @param installation the installation's number
     */
    public record App(String id, long installation, AppKey key) {

        /** Refuses ids that are none. */
        public App {
            if (!id.matches("[A-Za-z0-9._-]{1,64}") || installation < 1) {
                throw new IllegalArgumentException("github app: got id '" + id + "' and installation " + installation);
            }
        }
    }
}
