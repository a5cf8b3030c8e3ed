package peagen.bench.gatekeeper.webhook.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.webhook.domain.AddressRange;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.SubscriptionStore;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.service.toml.Problem;
import peagen.bench.service.toml.TomlFile;
import peagen.bench.service.toml.TomlSection;

/**
 * Subscriptions as a user writes them, {@code [[subscription]]} each:
 *
 * <pre>{@code
 * [[subscription]]
 * id = "ci"
 * url = "https://ci.example.org/hooks/bench"
 * secret-file = "ci.secret"      # one or two lines, the newest first; its path counts from this file
 * events = "all"                 # or "changes", "not-green"
 * allow = ["10.0.0.0/8"]         # what it may go to besides the open Internet
 * plain-http = false             # whether http:// is good for other machines
 * hub-signature = false          # whether X-Hub-Signature-256 is sent too
 * }</pre>
 *
 * @param subscriptions what can be read
 * @param problems everything that is wrong, with file, line and column; secrets and URLs are not shown
 */
public record SubscriptionFile(List<Subscription> subscriptions, List<String> problems) {

    private static final Destination NOWHERE = Destination.of("https://localhost/");

    /** Copies the lists. */
    public SubscriptionFile {
        subscriptions = List.copyOf(subscriptions);
        problems = List.copyOf(problems);
    }

    /** Reads {@code path}, and the files of secrets that it names. */
    public static SubscriptionFile read(Path path) {
        TomlFile file = TomlFile.load(path);
        List<Subscription> read = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (TomlSection section : file.root().tables("subscription")) {
            String id = section.text("id").required("");
            if (!ids.add(id)) {
                section.reject("id", "stands there twice");
            }
            subscription(path, section, id).ifPresent(read::add);
        }
        return new SubscriptionFile(
                read, file.problems().stream().map(Problem::toString).toList());
    }

    private static Optional<Subscription> subscription(Path file, TomlSection section, String id) {
        Destination destination = section.value("url", hidden("https://host/path", Destination::of))
                .required(NOWHERE);
        List<SigningSecret> secrets = secrets(file, section);
        Events events = section.value(
                        "events", Syntax.of("EVENTS", "one of all, changes, not-green", Events::called, Events::label))
                .or(Events.ALL);
        List<AddressRange> allowed = section.values(
                        "allow",
                        Syntax.of("RANGE", "a range such as 10.0.0.0/8", AddressRange::parse, AddressRange::toString))
                .or(List.of());
        Permissions permissions =
                new Permissions(allowed, section.flag("plain-http").or(false));
        boolean hub = section.flag("hub-signature").or(false);
        try {
            return Optional.of(new Subscription(
                    id,
                    destination,
                    secrets,
                    events,
                    permissions,
                    hub,
                    Clock.systemUTC().instant(),
                    Optional.empty()));
        } catch (IllegalArgumentException unsound) {
            if (!id.isEmpty()) {
                section.reject("id", String.valueOf(unsound.getMessage()));
            }
            return Optional.empty();
        }
    }

    private static List<SigningSecret> secrets(Path file, TomlSection section) {
        Optional<Path> path = section.value("secret-file", Syntax.path()).optional();
        if (path.isEmpty()) {
            section.value("secret-file", Syntax.path()).required(Path.of(""));
            return List.of(SigningSecret.ofKey(new byte[32]));
        }
        List<SigningSecret> secrets = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file.resolveSibling(path.get()))) {
                if (!line.isBlank()) {
                    secrets.add(SigningSecret.of(new Secret(line.strip())));
                }
            }
        } catch (IOException unreadable) {
            section.reject("secret-file", "cannot be read");
        } catch (IllegalArgumentException noSecret) {
            section.reject("secret-file", String.valueOf(noSecret.getMessage()));
        }
        return secrets.isEmpty() ? List.of(SigningSecret.ofKey(new byte[32])) : secrets;
    }

    private interface Reader<T> {
        T of(String text);
    }

    private static <T> Syntax<T> hidden(String expected, Reader<T> reader) {
        return Syntax.<T>of(
                        "TEXT",
                        expected,
                        text -> {
                            try {
                                return Optional.of(reader.of(text));
                            } catch (IllegalArgumentException unsound) {
                                return Optional.empty();
                            }
                        },
                        value -> "")
                .hidden();
    }

    /**
     * Puts them into {@code store}, in the place of those of the same ids. One that was disabled stays so as long as its URL is
     * the same.
     */
    public void putInto(SubscriptionStore store) {
        for (Subscription fresh : subscriptions) {
            Optional<Subscription> before = store.find(fresh.id());
            Instant created = before.map(Subscription::created).orElse(fresh.created());
            Optional<Subscription.Disabled> disabled = before.filter(
                            old -> old.destination().equals(fresh.destination()))
                    .flatMap(Subscription::disabled);
            store.put(new Subscription(
                    fresh.id(),
                    fresh.destination(),
                    fresh.secrets(),
                    fresh.events(),
                    fresh.permissions(),
                    fresh.hubSignature(),
                    created,
                    disabled));
        }
    }
}
