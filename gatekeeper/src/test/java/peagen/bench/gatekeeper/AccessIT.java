package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can reach a gatekeeper that is a process of its own, and how. */
class AccessIT {

    @TempDir
    Path folder;

    private final Server.Redis redis = new Server.Redis();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        redis.close();
    }

    private Process launch(String... arguments) throws IOException {
        List<String> command = Processes.command(
                redis.address(), "--store", folder.resolve("store.db").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void refusesAnAddressThatOthersReachAsLongAsNobodyMayUseIt() throws Exception {
        Process process = launch("--http", "0.0.0.0:0");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(log())
                .contains("gatekeeper: --http: got 0.0.0.0:0, which others can reach, and there is neither an API token"
                        + " in the store nor an access file; make a token with 'bench token create' or say --access FILE,"
                        + " or listen on 127.0.0.1");
    }

    @Test
    void listensForOthersWithAnAccessFileAndThenLetsNobodyInWithoutCredentials() throws Exception {
        Path access = folder.resolve("access.toml");
        Files.writeString(access, """
                [github]
                audience = "https://bench.example.org"

                [[github.allow]]
                repository = "owner/farm"
                ref = "refs/heads/main"
                """);
        launch("--http", "0.0.0.0:0", "--access", access.toString());
        int port = port("http");
        assertThat(answer("http://127.0.0.1:" + port + "/api/v1/gates")).isEqualTo(401);
    }

    @Test
    void servesTlsAndTakesANewCertificateWhenTheFilesChange() throws Exception {
        Certificates first = Certificates.in(Files.createDirectory(folder.resolve("first")));
        Certificates second = Certificates.in(Files.createDirectory(folder.resolve("second")));
        Certificates served = new Certificates(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        put(first.certificate(), served.certificate(), 0);
        put(first.key(), served.key(), 0);
        launch(
                "--http",
                "127.0.0.1:0",
                "--tls-cert",
                served.certificate().toString(),
                "--tls-key",
                served.key().toString());
        int port = port("https");
        X509Certificate before = certificate(port);
        assertThat(before.getSerialNumber()).isEqualTo(read(first.certificate()).getSerialNumber());

        put(second.certificate(), served.certificate(), 10);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> log().contains("new certificate cannot be used, the old one stays"));
        assertThat(log()).contains("tls-key: got '" + served.key() + "', which is not the key of the certificate");
        assertThat(certificate(port)).isEqualTo(before);

        put(second.key(), served.key(), 20);
        await().atMost(Duration.ofSeconds(30)).until(() -> !certificate(port).equals(before));
        assertThat(certificate(port)).isEqualTo(read(second.certificate()));
    }

    private static void put(Path from, Path to, int seconds) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, FileTime.from(Instant.now().plusSeconds(seconds)));
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private int port(String scheme) {
        String before = "API on " + scheme + "://";
        await().atMost(Duration.ofSeconds(60)).until(() -> log().contains(before));
        String after = log().substring(log().indexOf(before) + before.length());
        return Integer.parseInt(after.substring(after.indexOf(':') + 1, after.indexOf('/')));
    }

    private static int answer(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /** What is shown to a client that asks for the health over it. */
    private static X509Certificate certificate(int port) throws Exception {
        X509TrustManager anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {anybody}, new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try (BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                assertThat(answer.readLine()).isEqualTo("HTTP/1.1 200 OK");
                return (X509Certificate) socket.getSession().getPeerCertificates()[0];
            }
        }
    }
}
