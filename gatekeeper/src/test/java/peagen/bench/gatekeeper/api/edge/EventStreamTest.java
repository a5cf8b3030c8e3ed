package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.answerOf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.ServiceStarted;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.access.edge.AccessRules;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

class EventStreamTest {

    @TempDir
    Path folder;

    private ApiFixture api;

    @BeforeEach
    void open() {
        api = new ApiFixture(folder, AccessRules.loopback());
    }

    @AfterEach
    void close() {
        api.close();
    }

    private final class Listener implements AutoCloseable {
        private final Socket socket;
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Listener(String... headers) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
            String request = "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n" + String.join("\r\n", headers)
                    + (headers.length == 0 ? "" : "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(() -> in.lines().forEach(lines::add));
        }

        List<String> events() {
            return lines.stream().filter(line -> line.startsWith("event: ")).toList();
        }

        void awaitEvents(int count) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(events()).hasSize(count));
        }

        void awaitLine(String start) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.startsWith(start)));
        }

        String lastId() {
            return lines.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((first, second) -> second)
                    .orElseThrow()
                    .substring(4);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void closed(String runId) {
        answerOf(api.broker.append(
                StreamNames.CONTROL,
                RunEvents.encode(new RunClosed(api.parts.producer().envelope(runId), Outcome.COMPLETED, "", 100, 0))));
    }

    private void judged(String runId) {
        answerOf(api.broker.append(StreamNames.VERDICTS, VerdictJson.entry(Verdicts.of(runId, VerdictState.PASS))));
    }

    @Test
    void tellsWhatHappensAndGoesOnWhereAListenerLeft() throws IOException {
        closed("before");
        String left;
        try (Listener listener = new Listener()) {
            listener.awaitLine(": from here");
            closed("run-1");
            listener.awaitEvents(1);
            judged("run-1");
            listener.awaitEvents(2);
            assertThat(listener.events()).containsExactly("event: run.closed", "event: verdict");
            assertThat(listener.lines)
                    .anyMatch(line -> line.contains("\"runId\":\"run-1\"") && line.contains("\"state\":\"PASS\""));
            left = listener.lastId();
        }
        closed("run-2");
        // More than one read of what nobody is told of.
        for (int i = 0; i < 250; i++) {
            answerOf(api.broker.append(
                    StreamNames.CONTROL,
                    RunEvents.encode(new ServiceStarted(api.parts.producer().envelope("-"), "collector"))));
        }
        closed("run-3");
        judged("run-3");
        try (Listener again = new Listener("Last-Event-ID: " + left)) {
            again.awaitEvents(3);
            closed("run-4");
            again.awaitEvents(4);
            assertThat(again.lines.stream()
                            .filter(line -> line.startsWith("data: "))
                            .map(line -> line.replaceAll(".*\"runId\":\"([^\"]*)\".*", "$1")))
                    .containsExactly("run-2", "run-3", "run-3", "run-4");
        }
    }

    @Test
    void refusesAnIdThatIsNone() {
        assertThat(api.get("/events", "Last-Event-ID", "yesterday").statusCode())
                .isEqualTo(400);
    }
}
