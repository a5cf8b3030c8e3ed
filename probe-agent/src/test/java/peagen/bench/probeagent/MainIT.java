package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.launch.Launcher;
import peagen.bench.streams.StreamBroker;

/** The program with its settings, files and exit codes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class MainIT {

    private static final Pattern LISTENING = Pattern.compile("workers connect to [^ ]*:(\\d+),");

    private final Lab lab = new Lab();
    private final NetClient toRedis = lab.vertx.createNetClient();
    private Certificates certificates;
    private Path directory;
    private NetServer encrypted;

    @BeforeAll
    void start(@TempDir Path files) throws Exception {
        directory = files;
        certificates = Certificates.in(files);
        encrypted = lab.vertx
                .createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(certificates.store().toString())
                                .setPassword(Certificates.PASSWORD)))
                .connectHandler(client -> {
                    client.pause();
                    toRedis.connect(lab.redis.address().port(), "127.0.0.1").onSuccess(redis -> {
                        client.pipeTo(redis);
                        redis.pipeTo(client);
                    });
                });
        Lab.answerOf(encrypted.listen(0, "127.0.0.1"));
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    /** A process that is launched here, and what it says. */
    private static final class Program implements HostProcess, AutoCloseable {
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        private final CompletableFuture<Runnable> hook = new CompletableFuture<>();
        private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();

        Program(String... settings) {
            List<String> all = new ArrayList<>(List.of(settings));
            all.addAll(List.of("--listen", "127.0.0.1:0", "--http", "off"));
            Thread.ofVirtual()
                    .start(() -> ended.complete(new Launcher(this).launch(new Main(), all.toArray(String[]::new))));
        }

        int port() {
            await().until(() -> ended.isDone() || LISTENING.matcher(said()).find());
            Matcher listening = LISTENING.matcher(said());
            assertThat(listening.find()).as(said()).isTrue();
            return Integer.parseInt(listening.group(1));
        }

        String said() {
            return said.toString(StandardCharsets.UTF_8);
        }

        ExitCode exit() {
            return ended.orTimeout(30, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            hook.join().run();
            exit();
        }

        @Override
        public PrintStream out() {
            return stream;
        }

        @Override
        public PrintStream err() {
            return stream;
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public void onTermination(Runnable onTermination) {
            hook.complete(onTermination);
        }

        @Override
        public void exit(int status) {}
    }

    private String plain() {
        return "redis://127.0.0.1:" + lab.redis.address().port();
    }

    @Test
    void standsBetweenWithTlsOnBothSides() throws Exception {
        try (Program program = new Program(
                        "--upstream",
                        "rediss://localhost:" + encrypted.actualPort() + "?ca=" + certificates.certificate(),
                        "--tls-certificate",
                        certificates.certificate().toString(),
                        "--tls-key",
                        certificates.key().toString());
                RawClient worker = new RawClient(trusting(program.port()))) {
            String large = "x".repeat(3_000_000);
            worker.expect("PING\r\n", "+PONG\r\n");
            assertThat(worker.run(command("SET", "k", large) + "GET k\r\n"))
                    .isEqualTo("+OK\r\n$3000000\r\n" + large + "\r\n$13\r\nend-of-script\r\n");
            worker.expect("XACK peagen.tasks peagen 1-0\r\n", ":0\r\n");
        }
    }

    private SSLSocket trusting(int port) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(Files.newInputStream(certificates.store()), Certificates.PASSWORD.toCharArray());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("me", trusted.getCertificate("me"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    }

    @Test
    void aClientWithoutTlsIsClosedWhereTlsIsSpoken() {
        try (Program program = new Program(
                        "--upstream",
                        plain(),
                        "--tls-certificate",
                        certificates.certificate().toString(),
                        "--tls-key",
                        certificates.key().toString());
                RawClient worker = RawClient.to(program.port())) {
            assertThat(worker.send("PING\r\n").untilClosed()).doesNotContain("PONG");
        }
    }

    @Test
    void filesOfTlsThatCannotBeUsedAreOneLine() throws Exception {
        Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nothing");
        assertRefused(
                "tls-certificate: " + nonsense,
                "--upstream",
                plain(),
                "--tls-certificate",
                nonsense.toString(),
                "--tls-key",
                certificates.key().toString());
        assertRefused(
                "/no/such.pem",
                "--upstream",
                plain(),
                "--tls-certificate",
                certificates.certificate().toString(),
                "--tls-key",
                "/no/such.pem");
        assertRefused(
                "upstream: certificate authority /no/such.pem", "--upstream", "rediss://localhost:1?ca=/no/such.pem");
    }

    private static void assertRefused(String words, String... settings) {
        Program program = new Program(settings);

        assertThat(program.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(program.said().lines()).singleElement().asString().contains(words);
    }

    @Test
    void aKeyWithoutACertificateIsRefused() {
        Program program = new Program(
                "--upstream", plain(), "--tls-key", certificates.key().toString());

        assertThat(program.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(program.said()).contains("tls-certificate: missing, expected with tls-key");
    }

    @Test
    void observesAQueueOfFlatFields() {
        String tag = "{\"run\":\"flat\",\"seq\":7,\"due_us\":5,\"phase\":\"steady\"}";
        assertObserved(
                "jobs",
                new String[] {"job", "j7", "type", "resize", "tries", "1", "bench", tag},
                new String[] {"answers", "j7", "state", "broken"},
                "--tag-path",
                "bench",
                "--id-path",
                "job",
                "--kind-path",
                "type",
                "--attempts-path",
                "tries",
                "--result-task-path",
                "answers",
                "--result-status-path",
                "state",
                "--failing-status",
                "broken,lost");
    }

    @Test
    void observesAQueueOfJsonWithOtherPaths() {
        String task =
                "{\"meta\":{\"key\":\"k7\"},\"tries\":1,\"args\":{\"bench\":{\"run\":\"json\",\"seq\":7,\"due_us\":5,\"phase\":\"steady\"}}}";
        assertObserved(
                "work.tasks",
                new String[] {"body", task},
                new String[] {"body", "{\"for\":\"k7\",\"state\":\"error\"}"},
                "--tag-path",
                "body:args.bench",
                "--id-path",
                "body:meta.key",
                "--attempts-path",
                "body:tries",
                "--result-task-path",
                "body:for",
                "--result-status-path",
                "body:state");
    }

    private void assertObserved(String stream, String[] task, String[] result, String... paths) {
        List<String> settings = new ArrayList<>(List.of(paths));
        settings.addAll(
                List.of("--upstream", plain(), "--task-stream", stream, "--result-stream", "done", "--group", "g"));
        settings.addAll(List.of("--worker-class", "gpu"));
        StreamBroker observer = lab.observer();
        try (Program program = new Program(settings.toArray(String[]::new));
                RawClient worker = RawClient.to(program.port())) {
            worker.expect(append(stream, "1-0", task), "1-0\r\n");
            worker.expect("XGROUP CREATE " + stream + " g 0\r\n", "+OK\r\n");
            worker.expect("XREADGROUP GROUP g w STREAMS " + stream + " >\r\n", "1-0\r\n");
            worker.expect(append("done", "*", result), "\r\n");
            worker.expect("XACK " + stream + " g 1-0\r\n", ":1\r\n");
        }
        String events = StreamNames.forTasks(stream).events();
        assertThat(Lab.answerOf(observer.range(events, EntryId.MIN, EntryId.MAX, 100)).stream()
                        .flatMap(Seen::batches)
                        .flatMap(Seen::rows)
                        .map(Seen::told))
                .containsExactly("7 CLAIMED 2", "7 EXECUTED 2", "7 FAILED 2");
        assertThat(Lab.answerOf(observer.range(events, EntryId.MIN, EntryId.MAX, 100)).stream()
                        .flatMap(Seen::lives)
                        .map(moment -> moment.replaceFirst("^.*: ", "").replaceFirst(" at [0-9]+$", "")))
                .containsExactly("w of 'gpu' FIRST_CLAIM", "w of 'gpu' STOPPED");
        Lab.answerOf(observer.close());
    }

    private static String append(String stream, String id, String... fields) {
        List<String> words = new ArrayList<>(List.of("XADD", stream, id));
        words.addAll(List.of(fields));
        return command(words.toArray(String[]::new));
    }
}
