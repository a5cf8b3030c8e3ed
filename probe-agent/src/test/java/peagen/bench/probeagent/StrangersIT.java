package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.streams.StreamBroker;

/** A worker that claimed behind an agent that is no more, and goes on behind the next. */
class StrangersIT {

    private final Lab lab = new Lab();
    private final StreamBroker observer = lab.observer();
    private final ProbeAgent agent = lab.agent();

    @AfterEach
    void stop() {
        Lab.answerOf(agent.stop());
        lab.close();
    }

    /** Three tasks, claimed out of sight: directly. */
    private void threeTasksClaimed() {
        try (RawClient direct = lab.direct()) {
            direct.expect("XGROUP CREATE peagen.tasks peagen 0-0 MKSTREAM\r\n", "+OK\r\n");
            for (int task = 1; task <= 3; task++) {
                direct.expect(
                        command("XADD", "peagen.tasks", task + "-0", "data", data(Seen.task("r", task, 0))), "-0\r\n");
            }
            direct.expect("XREADGROUP GROUP peagen w COUNT 3 STREAMS peagen.tasks >\r\n", "3-0\r\n");
        }
    }

    private static String data(Fields entry) {
        return new String(entry.value(0), StandardCharsets.UTF_8);
    }

    @Test
    void whatItAcknowledgesWasObservedAllTheSame() {
        threeTasksClaimed();
        try (RawClient worker = Lab.through(agent)) {
            worker.expect("XACK peagen.tasks peagen 1-0 2-0\r\n", ":2\r\n");
        }

        assertThat(lab.told(observer)).containsExactly("1 COMPLETED 1", "2 COMPLETED 1");
        assertThat(lab.unobserved()).isZero();
    }

    @Test
    void aResultThatWentByHereSaysHowItEnded() {
        threeTasksClaimed();
        try (RawClient worker = Lab.through(agent)) {
            String failed = data(Seen.result("r", 3, Status.ERROR));
            worker.expect(command("XADD", "peagen.results", "*", "data", failed), "\r\n");
            worker.expect(
                    "MULTI\r\nXACK peagen.tasks peagen 3-0\r\nXDEL peagen.tasks 3-0\r\nEXEC\r\n", "*2\r\n:1\r\n:1\r\n");
        }

        assertThat(lab.told(observer)).containsExactly("3 EXECUTED 1", "3 FAILED 1");
    }

    @Test
    void anAcknowledgementOfWhatIsNotPendingIsNone() {
        threeTasksClaimed();
        try (RawClient worker = Lab.through(agent)) {
            worker.expect("XACK peagen.tasks peagen 1-0\r\n", ":1\r\n")
                    .expect("XACK peagen.tasks peagen 1-0 9-9\r\n", ":0\r\n")
                    .expect("PING\r\n", "+PONG\r\n");
        }

        await().untilAsserted(() -> assertThat(lab.told(observer)).containsExactly("1 COMPLETED 1"));
    }

    @Test
    void tasksOfSomebodyElseAreAskedForOnce() {
        try (RawClient worker = Lab.through(agent)) {
            worker.expect("XGROUP CREATE peagen.tasks peagen 0-0 MKSTREAM\r\n", "+OK\r\n")
                    .expect("XADD peagen.tasks 1-0 data foreign\r\n", "1-0\r\n")
                    .expect("XREADGROUP GROUP peagen w STREAMS peagen.tasks >\r\n", "foreign\r\n")
                    .expect("XACK peagen.tasks peagen 1-0\r\n", ":1\r\n");
        }

        assertThat(lab.count("probe.parked")).isZero();
        assertThat(lab.told(observer)).isEmpty();
    }
}
