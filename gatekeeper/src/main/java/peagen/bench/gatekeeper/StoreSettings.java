package peagen.bench.gatekeeper;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;
import peagen.bench.gatekeeper.webhook.edge.SubscriptionFile;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.Syntax;

/** What a user can set about the store and whom it tells. */
final class StoreSettings {

    private static final Setting<Optional<StoreAddress>> STORE = Setting.of(
                    "store",
                    "where runs, verdicts and webhooks are kept: a file of SQLite's, which is gatekeeper.db in the"
                            + " working folder unless something else is said, or postgresql://…; off for nowhere",
                    Syntax.of("URL", StoreAddress.EXPECTED, StoreAddress::parse, StoreAddress::reveal)
                            .shownAs(StoreAddress::toString)
                            .orWord("off"))
            .defaultsTo(Optional.of(new StoreAddress.Sqlite(Path.of("gatekeeper.db"))));
    private static final Setting<Duration> KEEP_RUNS = Setting.of(
                    "keep-runs",
                    "how long runs are kept; the last 50 that were judged under the same conditions stay longer",
                    Syntax.duration(Duration.ofDays(1), Duration.ofDays(36_500)))
            .defaultsTo(Duration.ofDays(400));
    private static final Setting<Optional<Path>> WEBHOOKS =
            Setting.optional("webhooks", "a TOML file of [[subscription]]s that are told of verdicts", Syntax.path());
    private static final Setting<Optional<URI>> PUBLIC_URL = Setting.optional(
            "public-url",
            "where others reach this gatekeeper, for the links in webhooks",
            Syntax.of("URL", "http:// or https:// and a host", StoreSettings::publicUrl, URI::toString));

    private StoreSettings() {}

    /** {@code spec} with these settings. */
    static SettingsSpec addedTo(SettingsSpec spec) {
        return spec.with(STORE, KEEP_RUNS, WEBHOOKS, PUBLIC_URL).rule(StoreSettings::problems);
    }

    /** Whether there is to be a store. */
    static boolean isOn(Settings settings) {
        return settings.get(STORE).isPresent();
    }

    static Optional<URI> publicUrl(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null && text.length() <= 500 ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }

    private static List<String> problems(Settings settings) {
        if (settings.get(WEBHOOKS).isPresent() && settings.get(STORE).isEmpty()) {
            return List.of("webhooks: got a file, but store is off, and what is not kept cannot be sent");
        }
        return settings.get(WEBHOOKS)
                .map(file -> SubscriptionFile.read(file).problems())
                .orElse(List.of());
    }

    /** Opens what is set; empty where that is nothing. Fails when it cannot be opened. */
    static Future<Optional<StoreConfig>> open(Vertx vertx, Settings settings) {
        if (settings.get(STORE).isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return vertx.executeBlocking(() -> opened(settings, settings.get(STORE).get()))
                .map(Objects::requireNonNull)
                .map(Optional::of);
    }

    private static StoreConfig opened(Settings settings, StoreAddress address) {
        Database database = Database.open(address);
        try {
            SubscriptionStore subscriptions = database.stores().subscriptions();
            settings.get(WEBHOOKS).ifPresent(file -> SubscriptionFile.read(file).putInto(subscriptions));
        } catch (RuntimeException unusable) {
            database.close();
            throw unusable;
        }
        return StoreConfig.defaults(database)
                .withKeepRuns(settings.get(KEEP_RUNS))
                .withPublicUrl(settings.get(PUBLIC_URL))
                .withGithub(GithubSettings.config(settings, settings.get(PUBLIC_URL)));
    }

    /** Closes what was opened. */
    static Future<Void> close(Vertx vertx, Optional<StoreConfig> opened) {
        return opened.map(store -> vertx.<Boolean>executeBlocking(() -> {
                            store.database().close();
                            return true;
                        })
                        .<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }
}
