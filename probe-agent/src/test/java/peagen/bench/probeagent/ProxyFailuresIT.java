package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.service.http.CannotListenException;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;

/** Connections that end in every way, and a Redis that is gone. */
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class ProxyFailuresIT {

    private static final HostPort ANY = new HostPort("127.0.0.1", 0);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private final Lab lab = new Lab("enable-debug-command yes");

    @AfterEach
    void stop() {
        lab.close();
    }

    private ProbeAgentConfig config(
            HostPort listen, RedisAddress upstream, int maxConnections, Observing observing, Duration drainLimit) {
        ProbeAgentConfig plain = lab.config();
        return new ProbeAgentConfig(
                listen,
                upstream,
                plain.streams(),
                plain.envelopes(),
                observing,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                plain.workerClass(),
                plain.keptBytes(),
                maxConnections,
                plain.tasksInHand(),
                1, // event loop: what comes first is seen first
                plain.spin(),
                drainLimit);
    }

    private ProbeAgentConfig config(HostPort listen, RedisAddress upstream, int maxConnections) {
        return config(listen, upstream, maxConnections, Observing.WRITE_AHEAD, DRAIN_LIMIT);
    }

    private static String data(Fields entry) {
        return new String(entry.value(0), StandardCharsets.UTF_8);
    }

    private void twoTasksInHand(RawClient worker) {
        worker.expect("XGROUP CREATE peagen.tasks peagen 0-0 MKSTREAM\r\n", "+OK\r\n");
        for (int task = 1; task <= 2; task++) {
            worker.expect(
                    command("XADD", "peagen.tasks", task + "-0", "data", data(Seen.task("r", task, 0))), "-0\r\n");
        }
        worker.expect("XREADGROUP GROUP peagen w COUNT 2 STREAMS peagen.tasks >\r\n", "2-0\r\n");
    }

    @Test
    void aClientThatIsDoneSendingStillGetsEveryAnswer() {
        ProbeAgent agent = lab.agent();
        try (RawClient client = Lab.through(agent)) {
            String heard = client.send("PING\r\n".repeat(1_000) + "ECHO last\r\n")
                    .halfClose()
                    .untilClosed();

            assertThat(heard).isEqualTo("+PONG\r\n".repeat(1_000) + "$4\r\nlast\r\n");
        }
        await().until(() -> agent.connections() == 0);
        Lab.answerOf(agent.stop());
    }

    @Test
    void whatAKilledWorkerHadInHandIsOrphanedAndWhatItSentIsDone() {
        ProbeAgent agent = lab.agent();
        StreamBroker observer = lab.observer();
        RawClient worker = Lab.through(agent);
        twoTasksInHand(worker);
        worker.send("XACK peagen.tasks peagen 1-0\r\nSET last words\r\n").reset();

        await().untilAsserted(() -> assertThat(lab.told(observer))
                .containsExactlyInAnyOrder(
                        "1 CLAIMED 1", "2 CLAIMED 1", "1 EXECUTED 1", "1 COMPLETED 1", "2 ORPHANED 1"));
        try (RawClient direct = lab.direct()) {
            direct.expect("GET last\r\n", "words\r\n");
        }
        await().until(() -> agent.connections() == 0);
        Lab.answerOf(agent.stop());
    }

    @Test
    void aClientThatLeavesWhileItWaitsIsForgottenByRedis() {
        ProbeAgent agent = lab.agent();
        RawClient blocked = Lab.through(agent);
        blocked.expect("CLIENT SETNAME waiting\r\n", "+OK\r\n").send("BLPOP none 0\r\n");
        try (RawClient direct = lab.direct()) {
            await().until(() -> clients(direct).contains("cmd=blpop"));
            blocked.close();
            await().until(() -> !clients(direct).contains("name=waiting"));
        }
        Lab.answerOf(agent.stop());
    }

    private static String clients(RawClient direct) {
        return direct.run("CLIENT LIST\r\n");
    }

    @Test
    void aRedisThatIsGoneClosesTheClientAndALaterOneServesTheNext() {
        ProbeAgent agent = lab.agent();
        try (RawClient client = Lab.through(agent);
                RawClient blocked = Lab.through(agent)) {
            client.expect("PING\r\n", "+PONG\r\n");
            blocked.send("BLPOP none 0\r\n");
            lab.redis.kill();

            assertThat(client.untilClosed()).isEmpty();
            assertThat(blocked.untilClosed()).isEmpty();
        }
        try (RawClient refused = Lab.through(agent)) {
            assertThat(refused.untilClosed()).isEmpty();
        }
        lab.redis.restart();
        try (RawClient again = Lab.through(agent)) {
            again.expect("PING\r\n", "+PONG\r\n");
        }
        await().until(() -> agent.connections() == 0);
        Lab.answerOf(agent.stop());
    }

    @Test
    void anUpstreamThatNobodyServesClosesTheClientAtOnce() throws IOException {
        ProbeAgent agent = lab.agent(config(ANY, RedisAddress.of("127.0.0.1", Lab.deadPort()), 10));
        try (RawClient client = Lab.through(agent)) {
            assertThat(client.untilClosed()).isEmpty();
        }
        Lab.answerOf(agent.stop());
    }

    @Test
    void saysWhichSettingMovesItOffATakenPort() {
        HostPort taken = new HostPort("127.0.0.1", lab.redis.address().port());
        Future<ProbeAgent> agent = Future.future(started -> ProbeAgent.start(
                        lab.vertx, lab.source, config(taken, lab.redis.address(), 10), lab.meters, TrafficListener.NONE)
                .onComplete(started));

        assertThatThrownBy(() -> Lab.answerOf(agent))
                .hasRootCauseInstanceOf(BindException.class)
                .cause()
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining(taken.toString())
                .hasMessageContaining("--listen");
    }

    @Test
    void clientsBeyondTheLimitAreClosedAndALaterOneIsServed() {
        ProbeAgent agent = lab.agent(config(ANY, lab.redis.address(), 2));
        try (RawClient first = Lab.through(agent);
                RawClient second = Lab.through(agent)) {
            first.expect("PING\r\n", "+PONG\r\n");
            second.expect("PING\r\n", "+PONG\r\n");
            try (RawClient third = Lab.through(agent)) {
                assertThat(third.untilClosed()).isEmpty();
            }
        }
        await().until(() -> agent.connections() == 0);
        try (RawClient later = Lab.through(agent)) {
            later.expect("PING\r\n", "+PONG\r\n");
        }
        Lab.answerOf(agent.stop());
    }

    @Test
    void commandsInFlightAreAnsweredBeforeAnAgentStops() {
        ProbeAgent agent = lab.agent();
        try (RawClient client = Lab.through(agent);
                RawClient idle = Lab.through(agent);
                RawClient direct = lab.direct()) {
            idle.expect("PING\r\n", "+PONG\r\n");
            client.send("BLPOP none 0.5\r\nPING\r\n");
            await().until(() -> clients(direct).contains("cmd=blpop"));
            Future<Void> stopped = agent.stop();

            assertThat(idle.untilClosed()).isEmpty();
            assertThat(client.untilClosed()).isEqualTo("*-1\r\n+PONG\r\n");
            Lab.answerOf(stopped);
        }
    }

    @Test
    void anAgentThatStopsWaitsForTheAnswersToAWorkerThatLeft() throws Exception {
        AtomicInteger connected = new AtomicInteger();
        CountDownLatch acknowledging = new CountDownLatch(1);
        TrafficListener traffic = new TrafficListener() {
            @Override
            public void connected(long connection) {
                connected.incrementAndGet();
            }

            @Override
            public void command(long connection, List<byte[]> arguments, long atMicros) {
                if (new String(arguments.getFirst(), StandardCharsets.UTF_8).equals("XACK")) {
                    acknowledging.countDown();
                }
            }
        };
        ProbeAgent agent = Lab.answerOf(ProbeAgent.start(
                lab.vertx,
                lab.source,
                config(ANY, lab.redis.address(), 10, Observing.BATCHED, DRAIN_LIMIT),
                lab.meters,
                traffic));
        StreamBroker observer = lab.observer();
        try (RawClient direct = lab.direct();
                RawClient worker = Lab.through(agent)) {
            twoTasksInHand(worker);
            direct.send("DEBUG SLEEP 1\r\n");
            worker.send("XACK peagen.tasks peagen 1-0\r\n");
            assertThat(acknowledging.await(10, TimeUnit.SECONDS)).isTrue();
            worker.reset();
            // Who is accepted after another who came after the reset is accepted after the reset was seen.
            RawClient another = Lab.through(agent);
            await().until(() -> connected.get() == 2);
            RawClient later = Lab.through(agent);
            await().until(() -> connected.get() == 3);
            Lab.answerOf(agent.stop());
            assertThat(another.untilClosed() + later.untilClosed()).isEmpty();
        }

        assertThat(lab.told(observer))
                .containsExactlyInAnyOrder(
                        "1 CLAIMED 1", "2 CLAIMED 1", "1 EXECUTED 1", "1 COMPLETED 1", "2 ORPHANED 1");
    }

    @Test
    void aCommandWithoutEndIsCutOffWhenStoppingTakesTooLong() {
        ProbeAgent agent =
                lab.agent(config(ANY, lab.redis.address(), 10, Observing.WRITE_AHEAD, Duration.ofMillis(100)));
        try (RawClient client = Lab.through(agent)) {
            client.expect("PING\r\n", "+PONG\r\n").send("BLPOP none 0\r\n");
            Lab.answerOf(agent.stop());

            assertThat(client.untilClosed()).isEmpty();
        }
    }
}
