package peagen.bench.gatekeeper;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.github.domain.AppKey;
import peagen.bench.gatekeeper.github.domain.Channel;
import peagen.bench.gatekeeper.github.edge.GithubConfig;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.Syntax;

/** What a user can set about telling GitHub. Secrets come from files, so that no list of processes shows them. */
final class GithubSettings {

    private static final Setting<Optional<Path>> TOKEN = Setting.optional(
            "github-token-file", "a file with a token that may write commit statuses, or contents", Syntax.path());
    private static final Setting<Optional<String>> APP =
            Setting.optional("github-app", "the id of the App that speaks, in place of a token", Syntax.text());
    private static final Setting<Optional<Long>> INSTALLATION = Setting.optional(
            "github-app-installation", "the number of the App's installation", Syntax.longNumber(1, Long.MAX_VALUE));
    private static final Setting<Optional<Path>> APP_KEY =
            Setting.optional("github-app-key-file", "the App's private key (PEM)", Syntax.path());
    private static final Setting<Set<Channel>> TELL = Setting.of(
                    "github-tell",
                    "what GitHub is told of runs of a commit, separated by commas: status, check (an App alone), dispatch",
                    Syntax.of(
                            "LIST",
                            "status, check and dispatch, separated by commas",
                            GithubSettings::channels,
                            GithubSettings::words))
            .defaultsTo(EnumSet.of(Channel.STATUS));
    private static final Setting<URI> API = Setting.of(
                    "github-api",
                    "where the API of GitHub is; https://HOST/api/v3 of an Enterprise Server",
                    Syntax.of("URL", "http:// or https:// and a host", StoreSettings::publicUrl, URI::toString))
            .defaultsTo(GithubConfig.GITHUB);

    private GithubSettings() {}

    /** {@code spec} with these settings. */
    static SettingsSpec addedTo(SettingsSpec spec) {
        return spec.with(TOKEN, APP, INSTALLATION, APP_KEY, TELL, API).rule(GithubSettings::problems);
    }

    private static Optional<Set<Channel>> channels(String text) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        for (String word : text.split(",", -1)) {
            Optional<Channel> channel = Arrays.stream(Channel.values())
                    .filter(one -> word(one).equals(word.strip()))
                    .findFirst();
            if (channel.isEmpty()) {
                return Optional.empty();
            }
            channels.add(channel.get());
        }
        return Optional.of(channels);
    }

    private static String word(Channel channel) {
        return channel.id().substring(Channel.PREFIX.length());
    }

    private static String words(Set<Channel> channels) {
        return channels.stream().map(GithubSettings::word).collect(Collectors.joining(","));
    }

    private static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        boolean app = settings.get(APP).isPresent();
        if (app != settings.get(INSTALLATION).isPresent()
                || app != settings.get(APP_KEY).isPresent()) {
            problems.add("github-app: got some of github-app, github-app-installation and github-app-key-file,"
                    + " expected all or none");
        }
        if (settings.get(TELL).contains(Channel.CHECK) && !app) {
            problems.add("github-tell: got check, which GitHub takes from an App alone; set github-app");
        }
        settings.get(TOKEN).flatMap(file -> unreadable(TOKEN.name(), file)).ifPresent(problems::add);
        settings.get(APP_KEY)
                .flatMap(file -> unreadable(APP_KEY.name(), file).or(() -> noKey(file)))
                .ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> unreadable(String name, Path file) {
        try {
            return read(file).isEmpty() ? Optional.of(name + ": got '" + file + "', which is empty") : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of(name + ": got '" + file + "', expected a file that can be read");
        }
    }

    private static Optional<String> noKey(Path file) {
        try {
            AppKey.of(new Secret(read(file)));
            return Optional.empty();
        } catch (IOException | IllegalArgumentException noKey) {
            return Optional.of(
                    APP_KEY.name() + ": got '" + file + "', expected an RSA private key in PEM as GitHub gives it");
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    /**
     * How GitHub is told; empty where nothing is set.
     *
     * @param publicUrl where links lead
     * @throws IllegalArgumentException when a file was good and is not any more
     */
    static Optional<GithubConfig> config(Settings settings, Optional<URI> publicUrl) {
        if (settings.get(TOKEN).isEmpty() && settings.get(APP).isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Secret> token = Optional.empty();
            if (settings.get(TOKEN).isPresent()) {
                token = Optional.of(new Secret(read(settings.get(TOKEN).get())));
            }
            Optional<GithubConfig.App> app = Optional.empty();
            if (settings.get(APP).isPresent()
                    && settings.get(INSTALLATION).isPresent()
                    && settings.get(APP_KEY).isPresent()) {
                AppKey key = AppKey.of(new Secret(read(settings.get(APP_KEY).get())));
                app = Optional.of(new GithubConfig.App(
                        settings.get(APP).get(), settings.get(INSTALLATION).get(), key));
            }
            return Optional.of(
                    new GithubConfig(settings.get(API), token, app, settings.get(TELL), publicUrl, GithubConfig.LIMIT));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("github: a file cannot be read any more", unreadable);
        }
    }
}
