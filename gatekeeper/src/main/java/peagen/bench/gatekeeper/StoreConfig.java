package peagen.bench.gatekeeper;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import peagen.bench.gatekeeper.github.edge.GithubConfig;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.webhook.edge.SenderOptions;

/**
 * What a gatekeeper remembers, and where.
 *
 * @param database the store; its owner closes it
 * @param term how long the leader of several gatekeepers on the store may be silent until another takes its place
 * @param keepRuns how long runs are kept
 * @param publicUrl where others reach the API, for the links in webhooks
 * @param sender what webhooks are sent with
 * @param github how GitHub is told; empty where it is not
 */
public record StoreConfig(
        Database database,
        Duration term,
        Duration keepRuns,
        Optional<URI> publicUrl,
        SenderOptions sender,
        Optional<GithubConfig> github) {

    /** Sound defaults: takes over after 10 s, keeps runs for 400 days, sends no links. */
    public static StoreConfig defaults(Database database) {
        return new StoreConfig(
                database,
                Duration.ofSeconds(10),
                Duration.ofDays(400),
                Optional.empty(),
                SenderOptions.STANDARD,
                Optional.empty());
    }

    /** The same with runs kept for {@code kept}. */
    public StoreConfig withKeepRuns(Duration kept) {
        return new StoreConfig(database, term, kept, publicUrl, sender, github);
    }

    /** The same with another who takes over after {@code silence}. */
    public StoreConfig withTerm(Duration silence) {
        return new StoreConfig(database, silence, keepRuns, publicUrl, sender, github);
    }

    /** The same with links into the API at {@code url}. */
    public StoreConfig withPublicUrl(Optional<URI> url) {
        return new StoreConfig(database, term, keepRuns, url, sender, github);
    }

    /** The same that tells GitHub as {@code told} says. */
    public StoreConfig withGithub(Optional<GithubConfig> told) {
        return new StoreConfig(database, term, keepRuns, publicUrl, sender, told);
    }
}
