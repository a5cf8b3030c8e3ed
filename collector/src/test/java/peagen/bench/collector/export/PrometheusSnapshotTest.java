package peagen.bench.collector.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that answers as the admin API does. */
class PrometheusSnapshotTest {

    private static final String NAME = "20171210T211224Z-2be650b6d019eb54";

    @TempDir
    private Path data;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{\"status\":\"success\",\"data\":{\"name\":\"" + NAME + "\"}}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Test
    void asksForASnapshotAndFindsIt() throws Exception {
        Path folder = Files.createDirectories(data.resolve("snapshots").resolve(NAME));
        assertThat(PrometheusSnapshot.take(url(), data)).isEqualTo(folder);
        assertThat(asked).containsExactly("POST /api/v1/admin/tsdb/snapshot");
    }

    @Test
    void saysThatItIsNotWhereItShouldBe() {
        assertThatThrownBy(() -> PrometheusSnapshot.take(url(), data))
                .isInstanceOf(ExportException.class)
                .hasMessage("--prometheus-data: " + url() + " has made the snapshot " + NAME + ", but there is no "
                        + data.resolve("snapshots").resolve(NAME));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "503 | {\"status\":\"error\",\"errorType\":\"unavailable\",\"error\":\"admin APIs disabled\"} | the"
                        + " admin API is off: start Prometheus with --web.enable-admin-api",
                "500 | {\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"admin APIs disabled\"} | the"
                        + " admin API is off: start Prometheus with --web.enable-admin-api",
                "500 | {\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"disk full\"} | answers HTTP 500,"
                        + " disk full",
                "404 | not found | answers HTTP 404 and names no snapshot",
                "200 | {\"data\":\"x\"} | names no snapshot",
                "200 | {\"data\":{\"name\":\"../../etc\"}} | names no snapshot"
            })
    void saysWhyThereIsNone(int answered, String said, String why) {
        status = answered;
        body = said;
        assertThatThrownBy(() -> PrometheusSnapshot.take(url(), data))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining(url() + "api/v1/admin/tsdb/snapshot: ")
                .hasMessageContaining(why);
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThatThrownBy(() -> PrometheusSnapshot.take(URI.create("http://127.0.0.1:1"), data))
                .isInstanceOf(ExportException.class)
                .hasMessageStartingWith("nobody answers at http://127.0.0.1:1: ");
    }
}
