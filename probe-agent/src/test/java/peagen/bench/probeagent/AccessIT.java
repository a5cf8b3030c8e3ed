package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;

/** Passwords and users: the workers' are their own, and need no right that they did not need before. */
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class AccessIT {

    private static String data(Fields entry) {
        return new String(entry.value(0), StandardCharsets.UTF_8);
    }

    private static RedisAddress withPassword(RedisAddress address) {
        return RedisAddress.parse("redis://:sesame@127.0.0.1:" + address.port());
    }

    @Test
    void aWorkerWithoutARightToOurStreamWorksAndIsObservedAheadAllTheSame() {
        try (Lab lab = new Lab(
                AccessIT::withPassword, "requirepass sesame", "user worker on >secret ~peagen.* +@all -@admin")) {
            ProbeAgent agent = lab.agent();
            StreamBroker observer = lab.observer();
            try (RawClient worker = Lab.through(agent)) {
                worker.expect("PING\r\n", "-NOAUTH");
                worker.expect("AUTH sesam\r\n", "-WRONGPASS");
                worker.expect("AUTH worker secret\r\n", "+OK\r\n");
                worker.expect("XGROUP CREATE peagen.tasks peagen 0-0 MKSTREAM\r\n", "+OK\r\n");
                for (int task = 1; task <= 3; task++) {
                    worker.expect(
                            command("XADD", "peagen.tasks", task + "-0", "data", data(Seen.task("r", task, 0))),
                            "-0\r\n");
                }
                worker.expect("XREADGROUP GROUP peagen w COUNT 3 STREAMS peagen.tasks >\r\n", "3-0\r\n");
                String heard = worker.run("XACK peagen.tasks peagen 1-0\r\nPING\r\n");
                assertThat(heard).endsWith(":1\r\n+PONG\r\n$13\r\nend-of-script\r\n");
                worker.expect("XACK peagen.tasks peagen 2-0\r\n", ":1\r\n");
                assertThat(lab.told(observer)).contains("2 COMPLETED 1");
                worker.expect("MULTI\r\nXACK peagen.tasks peagen 3-0\r\nEXEC\r\n", "*1\r\n:1\r\n");
                assertThat(lab.told(observer)).contains("3 COMPLETED 1");
            }
            assertThat(lab.count("probe.parked")).isGreaterThanOrEqualTo(2);
            assertThat(lab.unobserved()).isZero();
            Lab.answerOf(agent.stop());
            assertThat(lab.told(observer))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "1 CLAIMED 1",
                            "2 CLAIMED 1",
                            "3 CLAIMED 1",
                            "1 EXECUTED 1",
                            "1 COMPLETED 1",
                            "2 EXECUTED 1",
                            "2 COMPLETED 1",
                            "3 EXECUTED 1",
                            "3 COMPLETED 1"));
        }
    }

    @Test
    void aWorkerMayBeRefusedWhatItAsksOfItsConnection() {
        try (Lab lab = new Lab("user limited on >secret ~* +@all -client|reply -multi -select")) {
            ProbeAgent agent = lab.agent();
            try (RawClient worker = Lab.through(agent)) {
                worker.expect("AUTH limited secret\r\n", "+OK\r\n");
                String script = "CLIENT REPLY OFF\r\nCLIENT REPLY ON\r\nMULTI\r\nEXEC\r\nSELECT 1\r\n"
                        + "XACK peagen.tasks peagen 1-0\r\nPING\r\n";
                String through = worker.run(script);
                try (RawClient direct = lab.direct()) {
                    direct.expect("AUTH limited secret\r\n", "+OK\r\n");
                    assertThat(through).isEqualTo(direct.run(script));
                }
            }
            Lab.answerOf(agent.stop());
        }
    }
}
