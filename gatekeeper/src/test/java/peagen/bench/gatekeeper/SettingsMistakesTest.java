package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.launch.Launcher;

/** What a user gets to read for a mistake in the settings: exit code 2, and the option with its file. */
class SettingsMistakesTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /** A process that keeps what it says. */
    record Talking(PrintStream out) implements HostProcess {
        @Override
        public PrintStream err() {
            return out;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public void onTermination(Runnable hook) {}

        @Override
        public void exit(int status) {}
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("token"), "ghp_secret\n");
        Files.writeString(folder.resolve("empty"), " \n");
        Files.writeString(
                folder.resolve("nokey.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(folder.resolve("secret"), "whsec_" + "A".repeat(32) + "\n");
    }

    private ExitCode launch(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--redis", "redis://127.0.0.1:1"));
        for (String argument : arguments) {
            all.add(argument.startsWith("@") ? folder + "/" + argument.substring(1) : argument);
        }
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Launcher(new Talking(out)).launch(new Main(), all.toArray(String[]::new));
    }

    private List<String> mistakes(String... arguments) {
        said.reset();
        assertThat(launch(arguments)).isEqualTo(ExitCode.BAD_INPUT);
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).last().isEqualTo("Try 'gatekeeper --help'.");
        return lines.subList(0, lines.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--github-token-file @none|github-token-file: got '@none', expected a file that can be read",
                "--github-token-file @empty|github-token-file: got '@empty', which is empty",
                "--github-app 77 --github-app-installation 9 --github-app-key-file @none"
                        + "|github-app-key-file: got '@none', expected a file that can be read",
                "--github-app 77 --github-app-installation 9 --github-app-key-file @nokey.pem"
                        + "|github-app-key-file: got '@nokey.pem', expected an RSA private key in PEM",
                "--github-app 77|github-app: got some of github-app, github-app-installation and github-app-key-file",
                "--github-app-installation 9|github-app: got some of",
                "--github-app 77 --github-app-installation x|github-app-installation: got 'x', expected a whole number",
                "--github-token-file @token --github-tell check|github-tell: got check, which GitHub takes from an App",
                "--github-token-file @token --github-tell mail|github-tell: got 'mail', expected status, check and",
                "--github-token-file @token --github-api ftp://x|github-api: got 'ftp://x', expected http:// or https://",
                "--github-api https:///x --github-token-file @token|github-api: got 'https:///x', expected http:// or",
                "--tls-cert @token|tls-cert: got one of tls-cert and tls-key, expected both or none",
                "--tls-key @token|tls-cert: got one of tls-cert and tls-key, expected both or none",
                "--tls-cert @none --tls-key @none|tls-cert: got '@none', expected a file that can be read",
                "--tls-cert @token --tls-key @token|tls-cert: got '@token', expected an X.509 certificate in PEM",
                "--access @none|@none",
                "--webhooks @none|@none",
                "--store off --webhooks @none|webhooks: got a file, but store is off",
                "--anonymous all|anonymous: got 'all', expected one of run, read, none",
                "--rate-limit 0|rate-limit: got '0', expected a whole number from 1"
            })
    void nameTheOptionAndTheFile(String arguments, String expected) {
        assertThat(mistakes(arguments.split(" ", -1)))
                .singleElement()
                .asString()
                .contains(expected.replace("@", folder + "/"))
                .doesNotContain("ghp_secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id='a'\\nurl='https://h/'\\nsecret-file='secret'\\nevent='all'|5|event|did you mean events",
                "id='a'\\nurl='https://h/'|1|secret-file|missing",
                "id='a'\\nurl='https://h/'\\nsecret-file='none'|4|secret-file|cannot be read",
                "id='a'\\nurl='https://h/'\\nsecret-file='nokey.pem'|4|secret-file|whsec_",
                "id='a'\\nurl='ftp://h/t0ken'\\nsecret-file='secret'|3|url|expected https://host/path",
                "url='https://h/'\\nsecret-file='secret'|1|id|missing",
                "id='a b'\\nurl='https://h/'\\nsecret-file='secret'|2|id|",
                "id='a'\\nurl='https://h/'\\nsecret-file='secret'\\nevents='some'|5|events|all, changes, not-green",
                "id='a'\\nurl='https://h/'\\nsecret-file='secret'\\nallow=['10.0.0.0/99']|5|allow|a range such as",
                "id='a'\\nurl='https://h/'\\nsecret-file='secret'\\nplain-http='yes'|5|plain-http|true or false",
                "id = |2||"
            })
    void ofSubscriptionsNameFileLineAndKey(String lines, int line, String key, String what) throws IOException {
        Path file = folder.resolve("hooks.toml");
        Files.writeString(file, "[[subscription]]\n" + lines.replace("\\n", "\n") + "\n");
        assertThat(mistakes("--webhooks", file.toString()))
                .singleElement()
                .asString()
                .startsWith(file + ":" + line + ":")
                .contains(key == null ? "" : key, what == null ? "" : what)
                .doesNotContain("t0ken");
    }

    @Test
    void ofAKeyThatIsNotTheCertificatesNameBoth() throws Exception {
        Certificates one = Certificates.in(Files.createDirectory(folder.resolve("one")));
        Certificates other = Certificates.in(Files.createDirectory(folder.resolve("other")));
        assertThat(mistakes(
                        "--tls-cert",
                        one.certificate().toString(),
                        "--tls-key",
                        other.key().toString()))
                .containsExactly("tls-key: got '" + other.key() + "', which is not the key of the certificate in '"
                        + one.certificate() + "'");
        assertThat(mistakes(
                        "--tls-cert",
                        one.certificate().toString(),
                        "--tls-key",
                        one.certificate().toString()))
                .singleElement()
                .asString()
                .startsWith("tls-key: got '" + one.certificate() + "', expected a private key in PEM");
    }

    @Test
    void helpShowsWhereTheStoreIsAndNoPassword() {
        assertThat(launch("--help")).isEqualTo(ExitCode.PASS);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("default sqlite:gatekeeper.db; environment BENCH_STORE");
        said.reset();
        assertThat(launch("--check-config", "--store", "postgresql://bench:hunter2@db.example.org/bench"))
                .isEqualTo(ExitCode.PASS);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("postgresql://bench:****@")
                .doesNotContain("hunter2");
        assertThat(mistakes("--store", "postgresql://bench:hunter2@")).noneMatch(line -> line.contains("hunter2"));
    }
}
