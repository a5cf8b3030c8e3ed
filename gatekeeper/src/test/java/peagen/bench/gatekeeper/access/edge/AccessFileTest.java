package peagen.bench.gatekeeper.access.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadRule;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;
import peagen.bench.service.toml.TomlFile;

class AccessFileTest {

    private static AccessFile read(String text) {
        return AccessFile.read(TomlFile.parse("access.toml", text));
    }

    @Test
    void readsWhoMayDoWhat() {
        AccessFile file = read("""
                [github]
                audience = "https://bench.example.org"

                [[github.allow]]
                repository = "owner/farm"
                ref = "refs/heads/*"
                workflow = "owner/farm/.github/workflows/bench.yml@*"
                scope = "run"
                """);
        assertThat(file.problems()).isEmpty();
        assertThat(file.trust().issuer()).isEqualTo(WorkloadTrust.GITHUB);
        assertThat(file.trust().keys()).isEqualTo(WorkloadTrust.GITHUB + "/.well-known/jwks");
        assertThat(file.trust().rules())
                .containsExactly(new WorkloadRule(
                        "owner/farm",
                        "refs/heads/*",
                        Optional.of("owner/farm/.github/workflows/bench.yml@*"),
                        Scope.RUN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[github]\\naudience='a'|github.allow",
                "[github]\\n[[github.allow]]\\nrepository='a/b'\\nref='*'|github.audience: missing",
                "[github]\\naudience='a'\\n[[github.allow]]\\nrepository='a/*'\\nref='*'|expected owner/name, without wildcards",
                "[github]\\naudience='a'\\n[[github.allow]]\\nrepository='a/b'|ref: missing",
                "[github]\\naudience='a'\\n[[github.allow]]\\nrepository='a/b'\\nref='*'\\nscope='root'|expected one of read, run, admin",
                "[github]\\naudience='a'\\nissuer='http://evil.example.org'\\n[[github.allow]]\\nrepository='a/b'\\nref='*'|expected https://",
                "[github]\\naudience='a'\\naudence='b'\\n[[github.allow]]\\nrepository='a/b'\\nref='*'|unknown"
            })
    void namesEveryMistake(String text, String said) {
        assertThat(read(text.replace("\\n", "\n")).problems())
                .anySatisfy(line -> assertThat(line).startsWith("access.toml:").contains(said));
    }
}
