package peagen.bench.gatekeeper.access.edge;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadRule;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;
import peagen.bench.service.toml.Problem;
import peagen.bench.service.toml.TomlFile;
import peagen.bench.service.toml.TomlSection;

/**
 * An access file: which workflows of GitHub Actions may do what.
 *
 * <pre>{@code
 * [github]
 * audience = "https://bench.example.org"
 *
 * [[github.allow]]
 * repository = "owner/farm"
 * ref = "refs/heads/main"
 * workflow = "owner/farm/.github/workflows/bench.yml@refs/heads/main"
 * scope = "run"
 * }</pre>
 *
 * @param trust what it says; only sound when there are no problems
 * @param problems what is wrong with it, a line each
 */
public record AccessFile(WorkloadTrust trust, List<String> problems) {

    private static final String KEYS = "/.well-known/jwks";

    /** Reads a file. Reads the disk, so not for event loops. */
    public static AccessFile read(Path path) {
        return read(TomlFile.load(path));
    }

    /** Reads a parsed file. */
    static AccessFile read(TomlFile file) {
        TomlSection github = file.root().table("github");
        String issuer = github.text("issuer").or(WorkloadTrust.GITHUB);
        String audience = github.text("audience").required("");
        String keys = github.text("keys").or(issuer + KEYS);
        List<WorkloadRule> rules =
                github.tables("allow").stream().map(AccessFile::rule).toList();
        if (file.readable() && rules.isEmpty()) {
            github.reject("allow", "missing, expected at least one [[github.allow]]");
        }
        requireTls(github, "issuer", issuer);
        requireTls(github, "keys", keys);
        return new AccessFile(
                new WorkloadTrust(issuer, audience, keys, rules),
                file.problems().stream().map(Problem::toString).toList());
    }

    private static WorkloadRule rule(TomlSection section) {
        String repository = section.text("repository").required("");
        if (!repository.isEmpty() && !repository.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")) {
            section.reject("repository", "got '" + repository + "', expected owner/name, without wildcards");
        }
        return new WorkloadRule(
                repository,
                section.text("ref").required(""),
                Optional.of(section.text("workflow").or("")).filter(text -> !text.isEmpty()),
                section.choice("scope", Scope.class).or(Scope.READ));
    }

    /** Keys that came over an open connection prove nothing; only a test's own issuer does without. */
    private static void requireTls(TomlSection section, String key, String url) {
        if (!url.startsWith("https://") && !url.matches("http://127\\.0\\.0\\.1(:[0-9]+)?(/.*)?")) {
            section.reject(key, "got '" + url + "', expected https://…");
        }
    }
}
