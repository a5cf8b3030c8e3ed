package peagen.bench.gatekeeper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.edge.AccessFile;
import peagen.bench.gatekeeper.access.edge.AccessRules;
import peagen.bench.gatekeeper.api.edge.ApiServer;
import peagen.bench.service.http.TlsFiles;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.service.syntax.Syntax;

/** What a user can set about who may use the API, and how. */
final class AccessSettings {

    private static final Setting<Optional<Path>> ACCESS = Setting.optional(
            "access", "a TOML file that says which workflows of GitHub Actions may use the API", Syntax.path());
    private static final Setting<String> ANONYMOUS = Setting.of(
                    "anonymous",
                    "what callers on this machine may do without a token, while nobody else can reach the API",
                    Syntax.choice("run", "read", "none"))
            .defaultsTo("run");
    private static final Setting<Integer> RATE_LIMIT = Setting.of(
                    "rate-limit", "requests per second that one caller may make", Syntax.wholeNumber(1, 1_000_000))
            .defaultsTo(AccessRules.REQUESTS_PER_SECOND);
    private static final Setting<Optional<Path>> TLS_CERT = Setting.optional(
            "tls-cert",
            "the API's certificate (PEM), read again when it changes; without it there is no TLS",
            Syntax.path());
    private static final Setting<Optional<Path>> TLS_KEY =
            Setting.optional("tls-key", "the certificate's private key (PEM, PKCS#8)", Syntax.path());

    private AccessSettings() {}

    /** {@code spec} with these settings. */
    static SettingsSpec addedTo(SettingsSpec spec) {
        return spec.with(ACCESS, ANONYMOUS, RATE_LIMIT, TLS_CERT, TLS_KEY).rule(AccessSettings::problems);
    }

    private static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        settings.get(ACCESS)
                .ifPresent(file -> problems.addAll(AccessFile.read(file).problems()));
        if (settings.get(TLS_CERT).isPresent() != settings.get(TLS_KEY).isPresent()) {
            problems.add("tls-cert: got one of tls-cert and tls-key, expected both or none");
        }
        tls(settings).flatMap(TlsFiles::problem).ifPresent(problems::add);
        return problems;
    }

    /** The certificate, where there is one. */
    static Optional<TlsFiles> tls(Settings settings) {
        return settings.get(TLS_CERT).flatMap(cert -> settings.get(TLS_KEY).map(key -> new TlsFiles(cert, key)));
    }

    /** Who is let in. Without credentials only callers on this machine are, and only where nobody else can be a caller. */
    static AccessRules rules(Settings settings, Setting<Optional<HostPort>> http) {
        boolean loopback = settings.get(http).filter(ApiServer::isLoopback).isPresent();
        return new AccessRules(
                loopback ? Scope.called(settings.get(ANONYMOUS)) : Optional.empty(),
                settings.get(ACCESS).map(file -> AccessFile.read(file).trust()),
                settings.get(RATE_LIMIT));
    }
}
