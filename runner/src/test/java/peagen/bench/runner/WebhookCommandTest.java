package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.runner.BenchCall.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.webhook.domain.Signatures;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;

class WebhookCommandTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private String secretFile = "";

    @BeforeEach
    void writeSecret() throws IOException {
        secretFile = Files.writeString(folder.resolve("secret"), "# of the test\n\n" + SECRET + "\n")
                .toString();
    }

    private String headersOf(Instant at) throws IOException {
        List<SigningSecret> secrets = List.of(SigningSecret.of(new Secret(SECRET)));
        String lines = Signatures.headers("msg_1", at, BODY, secrets).entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\r\n"));
        Path file = folder.resolve("headers");
        return Files.writeString(file, "POST / HTTP/1.1\r\nHost: x:80\r\n" + lines + "\r\n")
                .toString();
    }

    private String bodyFile() throws IOException {
        return Files.write(folder.resolve("body"), BODY).toString();
    }

    /** A listener for one webhook, and what it answers to {@code --port 0}. */
    private record Listening(StringWriter out, CompletableFuture<BenchCall> call) {

        static Listening to(String... arguments) {
            StringWriter out = new StringWriter();
            String[] all = Stream.concat(Stream.of("webhook", "listen", "--port", "0", "--once"), Stream.of(arguments))
                    .toArray(String[]::new);
            return new Listening(
                    out, CompletableFuture.supplyAsync(() -> new BenchCall.Going(out, new StringWriter()).call(all)));
        }

        String url() {
            await().until(() -> PORT.matcher(out.toString()).find());
            Matcher port = PORT.matcher(out.toString());
            assertThat(port.find()).isTrue();
            return "http://127.0.0.1:" + port.group(1) + "/hook";
        }

        BenchCall over() {
            return call.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void whatIsSentForATestArrivesAndIsGenuine() {
        Listening listening = Listening.to("--secret-file", secretFile);

        BenchCall sent = bench("webhook", "send-test", listening.url(), "--secret-file", secretFile, "--allow-private");

        assertThat(sent.err()).isEmpty();
        assertThat(sent.out())
                .startsWith("sending msg_")
                .contains("answered 204 in ")
                .doesNotContain("/hook");
        assertThat(sent.exitCode()).isZero();
        BenchCall heard = listening.over();
        assertThat(heard.exitCode()).isZero();
        assertThat(heard.out())
                .contains("POST /hook\n", "webhook-id: msg_", "\"type\" : \"peagen.bench.verdict.v1\"", "\"sample-")
                .contains("\nvalid: signed with a secret of yours at ")
                .doesNotContain("MfKQ");
    }

    @Test
    void tellsAWebhookOfSomebodyElseAndAnswersWhatItIsTold() throws IOException {
        String other = Files.writeString(folder.resolve("other"), "whsec_" + "A".repeat(32))
                .toString();
        Listening listening = Listening.to("--secret-file", other, "--respond", "503");

        BenchCall sent = bench("webhook", "send-test", listening.url(), "--secret-file", secretFile, "--allow-private");

        assertThat(sent.out()).contains("answered 503");
        assertThat(sent.exitCode()).isEqualTo(1);
        BenchCall heard = listening.over();
        assertThat(heard.out()).contains("\ninvalid: none of 1 signatures of version v1 is right");
        assertThat(heard.exitCode()).isEqualTo(1);
    }

    @Test
    void listensWithoutASecretAndToAnything() throws IOException, InterruptedException {
        Listening listening = Listening.to();
        HttpRequest request = HttpRequest.newBuilder(URI.create(listening.url()))
                .POST(HttpRequest.BodyPublishers.ofString("no json \u001b[2J"))
                .build();
        HttpRequest wrongMethod =
                HttpRequest.newBuilder(URI.create(listening.url())).build();
        HttpRequest tooLong = HttpRequest.newBuilder(URI.create(listening.url()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1024 * 1024 + 1]))
                .build();

        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(wrongMethod, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(405);
            assertThat(client.send(tooLong, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(413);
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
        }
        BenchCall heard = listening.over();
        assertThat(heard.out())
                .contains(
                        "without a secret nothing is checked", "no json \\u001b[2J", "not checked: there is no secret")
                .doesNotContain("\u001b");
        assertThat(heard.exitCode()).isZero();
    }

    @Test
    void warnsOfASecretOnTheCommandLine() {
        Listening listening = Listening.to("--secret", SECRET);
        bench("webhook", "send-test", listening.url(), "--secret-file", secretFile, "--allow-private");

        BenchCall heard = listening.over();
        assertThat(heard.exitCode()).isZero();
        assertThat(heard.err())
                .isEqualTo("bench: --secret can be read by everybody on this machine; --secret-file cannot\n");
    }

    @Test
    void saysThatAPortIsTaken() {
        Listening listening = Listening.to();
        Matcher port = PORT.matcher(listening.url());
        assertThat(port.find()).isTrue();

        BenchCall second = bench("webhook", "listen", "--port", port.group(1));

        assertThat(second.err())
                .isEqualTo("bench: cannot listen on 127.0.0.1:" + port.group(1)
                        + ": the port is in use; choose another one with --port, or port 0 for any free one\n");
        assertThat(second.exitCode()).isEqualTo(3);
        bench("webhook", "send-test", listening.url(), "--secret-file", secretFile, "--allow-private");
        listening.over();
    }

    @Test
    void verifiesWhatWasWrittenDown() throws IOException {
        BenchCall call = bench(
                "webhook",
                "verify",
                "--secret-file",
                secretFile,
                "--header-file",
                headersOf(Instant.now()),
                bodyFile());

        assertThat(call.out()).startsWith("valid: signed with a secret of yours at ");
        assertThat(call.exitCode()).isZero();
    }

    @Test
    void verifiesStandardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(BODY));
        try {
            assertThat(bench(
                                    "webhook",
                                    "verify",
                                    "--secret-file",
                                    secretFile,
                                    "--header-file",
                                    headersOf(Instant.now()))
                            .exitCode())
                    .isZero();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void saysThatAWebhookIsOldUnlessAskedForTheSignatureAlone() throws IOException {
        String headers = headersOf(Instant.now().minusSeconds(4000));
        String body = bodyFile();

        BenchCall old = bench("webhook", "verify", "--secret-file", secretFile, "--header-file", headers, body);
        assertThat(old.out()).startsWith("invalid: webhook-timestamp is 400").contains(" s old, more than 300 s; ");
        assertThat(old.exitCode()).isEqualTo(1);
        assertThat(bench("webhook", "verify", "--secret-file", secretFile, "--header-file", headers, "--any-age", body)
                        .exitCode())
                .isZero();
    }

    @Test
    void saysThatABodyIsAnotherAndWhatIsMissing() throws IOException {
        String headers = headersOf(Instant.now());
        String other = Files.writeString(folder.resolve("other"), "{\"test\":2432232314}")
                .toString();
        String none = Files.writeString(folder.resolve("none"), "nothing\n").toString();

        assertThat(bench("webhook", "verify", "--secret-file", secretFile, "--header-file", headers, other)
                        .out())
                .contains("byte for byte");
        assertThat(bench("webhook", "verify", "--secret-file", secretFile, "--header-file", none, other)
                        .out())
                .isEqualTo("invalid: there is no webhook-id; is it a Standard Webhook?\n");
    }

    @Test
    void sendsNothingInsideUnlessAllowed() {
        BenchCall call = bench("webhook", "send-test", "http://127.0.0.1:9/", "--secret-file", secretFile);

        assertThat(call.err()).contains("127.0.0.1 is loopback", "; --allow-private allows private networks");
        assertThat(call.exitCode()).isEqualTo(2);
    }

    @Test
    void saysThatNobodyAnswers() {
        BenchCall call =
                bench("webhook", "send-test", "http://127.0.0.1:9/", "--secret-file", secretFile, "--allow-private");

        assertThat(call.out()).contains("not reached: 127.0.0.1:9: ");
        assertThat(call.exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "webhook | a command is missing: listen, verify or send-test",
                "webhook send | Did you mean: webhook send-test",
                "webhook send-test ftp://x --secret-file SECRET | url: got scheme 'ftp', expected https or http",
                "webhook send-test https://x | Missing required option: '--secret-file=FILE'",
                "webhook send-test https://x --secret-file /no/where | --secret-file: cannot read '/no/where'",
                "webhook listen --port 70000 | --port: got '70000', expected 0 to 65535",
                "webhook listen --respond 99 | --respond: got '99', expected 200 to 599",
                "webhook listen --secret hush | --secret: a secret does not begin with whsec_",
                "webhook verify --secret-file SECRET --header-file /no/where | --header-file: cannot read '/no/where'",
                "webhook verify --secret-file SECRET --header-file SECRET /no/where | BODY_FILE: cannot read"
                        + " '/no/where'"
            })
    void refusesInALineThatNamesWhatToChange(String command, String said) {
        BenchCall call = bench(command.replace("SECRET", secretFile).split(" "));

        assertThat(call.err()).contains(said).doesNotContain("Exception", "hush");
        assertThat(call.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "whsec_" + "A\n", "one\n", SECRET + "\n" + SECRET + "\n" + SECRET})
    void refusesAFileThatHoldsNoSecretsAndDoesNotShowIt(String content) throws IOException {
        String file = Files.writeString(folder.resolve("wrong"), content).toString();

        BenchCall call = bench("webhook", "send-test", "https://x.example", "--secret-file", file);

        assertThat(call.err())
                .startsWith("bench: --secret-file: ")
                .contains(file)
                .doesNotContain("MfKQ", "one\n");
        assertThat(call.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listen", "verify", "send-test"})
    void teachesWithExamples(String command) {
        assertThat(bench("webhook", command, "--help").out())
                .contains("Exit codes:", "Examples:", "bench webhook " + command + " ");
    }
}
