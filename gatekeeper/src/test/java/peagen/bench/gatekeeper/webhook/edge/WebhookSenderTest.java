package peagen.bench.gatekeeper.webhook.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.gatekeeper.webhook.domain.Try.Fault;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;
import peagen.bench.gatekeeper.webhook.domain.Verification.Valid;
import peagen.bench.gatekeeper.webhook.domain.Verifier;

/** What a receiver gets, and what becomes of its answers. */
class WebhookSenderTest extends WebhookSending {

    @Test
    void sendsWhatAReceiverCanVerify() {
        try (Receiver receiver = Receiver.answering(vertx, OK)) {
            String url = "http://localhost:" + receiver.port() + "/a/b?c=d";

            Try.Result result =
                    send(HostResolver.system(vertx), LONG, null, to(url, Permissions.PRIVATE_NETWORKS, true));

            assertThat(result).isEqualTo(new Answered(200, Optional.empty(), "ok"));
            String request = receiver.requests().get(0);
            assertThat(request).startsWith("POST /a/b?c=d HTTP/1.1\r\n").endsWith("\r\n\r\n{\"é\":1}");
            Map<String, String> headers = headers(request);
            assertThat(headers)
                    .containsEntry("host", "localhost:" + receiver.port())
                    .containsEntry("content-type", "application/cloudevents+json; charset=UTF-8")
                    .containsEntry("user-agent", "peagen-bench")
                    .containsEntry("webhook-id", "msg_1")
                    .containsEntry("webhook-timestamp", "1748779200")
                    .hasEntrySatisfying(
                            "x-hub-signature-256", value -> assertThat(value).matches("sha256=[0-9a-f]{64}"));
            for (SigningSecret secret : SECRETS) {
                assertThat(new Verifier(List.of(secret), CLOCK).verify(headers, NOTICE.payload()))
                        .isEqualTo(new Valid("msg_1", NOW));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 404, 410, 429, 500, 503})
    void bringsBackTheStatusAndWhenToComeBack(int status) {
        Try.Result result = sendTo(
                LONG,
                socket -> socket.end(Buffer.buffer("HTTP/1.1 " + status
                        + " X\r\nRetry-After: Sun, 01 Jun 2025 12:02:00 GMT\r\nContent-Length: 0\r\n\r\n")));

        assertThat(result).isEqualTo(new Answered(status, Optional.of("Sun, 01 Jun 2025 12:02:00 GMT"), ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        try (Receiver elsewhere = Receiver.answering(vertx, OK)) {
            String redirect = "HTTP/1.1 " + status + " X\r\nLocation: http://127.0.0.1:" + elsewhere.port()
                    + "/\r\nContent-Length: 0\r\n\r\n";

            assertThat(sendTo(LONG, socket -> socket.end(Buffer.buffer(redirect))))
                    .isEqualTo(new Answered(status, Optional.empty(), ""));
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void givesUpOnAReceiverThatHangs() {
        assertThat(sendTo(SHORT, socket -> {})).isEqualTo(new Unanswered(Fault.TIMED_OUT, "no answer in 400 ms"));
    }

    @Test
    void givesUpOnAnAnswerThatComesTooLate() {
        Try.Result result = sendTo(SHORT, socket -> vertx.setTimer(1500, late -> socket.end(Buffer.buffer(OK))));

        assertThat(unanswered(result).fault()).isEqualTo(Fault.TIMED_OUT);
    }

    @Test
    void givesUpOnAHeadThatDripsIn() {
        Try.Result result = sendTo(SHORT, socket -> {
            socket.write("HTTP/1.1 200 OK\r\nX: ");
            long drip = vertx.setPeriodic(50, again -> socket.write("x"));
            socket.closeHandler(gone -> vertx.cancelTimer(drip));
        });

        assertThat(unanswered(result).fault()).isEqualTo(Fault.TIMED_OUT);
    }

    @Test
    void takesTheStatusOfAnAnswerWhoseBodyIsSlow() {
        Try.Result result = sendTo(SHORT, socket -> {
            socket.write("HTTP/1.1 202 Accepted\r\nContent-Length: 9999\r\n\r\nstarted");
            long drip = vertx.setPeriodic(50, again -> socket.write("."));
            socket.closeHandler(gone -> vertx.cancelTimer(drip));
        });

        assertThat(result.delivered()).isTrue();
        assertThat(((Answered) result).excerpt()).startsWith("started");
    }

    @Test
    void readsNoMoreThanItHasToOfABodyWithoutEnd() {
        long begun = System.nanoTime();
        Try.Result result = sendTo(LONG, socket -> {
            socket.write("HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n");
            byte[] much = "0123456789abcdef".repeat(1024).getBytes(UTF_8);
            long flood = vertx.setPeriodic(1, again -> socket.write(Buffer.buffer(much)));
            socket.closeHandler(gone -> vertx.cancelTimer(flood));
        });

        assertThat(((Answered) result).status()).isEqualTo(500);
        assertThat(((Answered) result).excerpt()).hasSize(1024).startsWith("0123456789abcdef0123");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("long before the time is over")
                .isLessThan(LONG);
    }

    @Test
    void takesTheStatusOfAnAnswerThatIsCutOffInTheMiddle() {
        Try.Result result =
                sendTo(LONG, socket -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhal")));

        assertThat(result).isEqualTo(new Answered(200, Optional.empty(), "hal"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 20",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\u0000\u0001\u0002"
            })
    void noticesAConnectionThatEndsBeforeTheAnswerAndGarbage(String answer) {
        Try.Result result = sendTo(LONG, socket -> socket.end(Buffer.buffer(answer)));

        assertThat(unanswered(result).fault()).isEqualTo(Fault.BROKEN);
        assertThat(unanswered(result).detail()).isNotBlank();
    }

    @Test
    void noticesAHeadThatIsTooLong() {
        Try.Result result = sendTo(
                LONG, socket -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n")));

        assertThat(unanswered(result).fault()).isEqualTo(Fault.BROKEN);
    }
}
