package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.probeagent.domain.resp.Pieces;

/** What Redis answers directly and through an agent is the same, byte for byte but for ids and times. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class TransparencyIT {

    private final Lab lab = new Lab();
    private final Map<Observing, ProbeAgent> agents = new EnumMap<>(Observing.class);

    @BeforeAll
    void start() {
        for (Observing observing : Observing.values()) {
            agents.put(observing, lab.agent(lab.config().observing(observing)));
        }
    }

    @AfterAll
    void stop() {
        agents.values().forEach(agent -> Lab.answerOf(agent.stop()));
        lab.close();
    }

    private static String data(Fields entry) {
        return new String(entry.value(0), StandardCharsets.UTF_8);
    }

    private static String worker(String hello) {
        StringBuilder said = new StringBuilder(hello);
        for (int task = 1; task <= 3; task++) {
            said.append(command("XADD", "peagen.tasks", task + "-0", "data", data(Seen.task("run-t", task, 0))));
        }
        return said.append("XGROUP CREATE peagen.tasks peagen 0-0 MKSTREAM\r\n")
                .append("XREADGROUP GROUP peagen w COUNT 2 BLOCK 10 STREAMS peagen.tasks >\r\n")
                .append(command("XADD", "peagen.results", "*", "data", data(Seen.result("run-t", 1, Status.OK))))
                .append("XACK peagen.tasks peagen 1-0\r\nXDEL peagen.tasks 1-0\r\n")
                .append("MULTI\r\nXACK peagen.tasks peagen 2-0\r\nXDEL peagen.tasks 2-0\r\nEXEC\r\n")
                .append("XREADGROUP GROUP peagen w COUNT 2 BLOCK 10 STREAMS peagen.tasks >\r\n")
                .append("XAUTOCLAIM peagen.tasks peagen v 0 0-0\r\nXCLAIM peagen.tasks peagen w 0 3-0\r\n")
                .append("XREADGROUP GROUP peagen w STREAMS peagen.tasks 0\r\n")
                .append("XREADGROUP GROUP peagen w COUNT 1 BLOCK 20 STREAMS peagen.tasks >\r\n")
                .append("CLIENT REPLY SKIP\r\nXACK peagen.tasks peagen 3-0\r\nXLEN peagen.tasks\r\n")
                .append("XACK nowhere nobody 1-1\r\nXACK peagen.tasks\r\n")
                .toString();
    }

    private static Stream<String> scripts() {
        return Stream.of(
                "PING\r\nECHO 'a b'\r\nSET k v\r\nGET k\r\nGET none\r\nLPUSH l 1 2\r\nLRANGE l 0 -1\r\nNOSUCH\r\nINCR k\r\n",
                "HELLO 3\r\nHSET h a 1 b 2\r\nHGETALL h\r\nGET none\r\nZADD z 1.5 m\r\nZSCORE z m\r\nSADD s x\r\nSMEMBERS s\r\nHELLO 2\r\nHGETALL h\r\n",
                "HELLO 3\r\nCLIENT TRACKING ON\r\nSET k 1\r\nGET k\r\nSET k 2\r\nGET k\r\nSET k 3\r\nPING\r\n",
                "HELLO 9\r\nHELLO 2 AUTH a b\r\nAUTH nobody wrong\r\nAUTH x\r\nCLIENT SETNAME me\r\nCLIENT GETNAME\r\n",
                "SELECT 1\r\nSET k one\r\nSELECT 99\r\nSELECT x\r\nGET k\r\nSELECT 0\r\nGET k\r\nSELECT\r\n",
                "MULTI\r\nSET k 1\r\nINCR k\r\nMULTI\r\nWATCH k\r\nLPOP k\r\nEXEC\r\nEXEC\r\nDISCARD\r\n"
                        + "MULTI\r\nNOSUCH\r\nEXEC\r\nMULTI\r\nSELECT 1\r\nSET x 1\r\nEXEC\r\nGET x\r\n",
                "CLIENT REPLY SKIP\r\nPING one\r\nPING two\r\nCLIENT REPLY OFF\r\nPING three\r\nCLIENT REPLY ON\r\nPING four\r\n",
                "CLIENT REPLY SKIP\r\n\r\nPING one\r\nCLIENT REPLY SKIP\r\n*0\r\nPING two\r\nCLIENT REPLY what\r\nCLIENT REPLY\r\n"
                        + "CLIENT REPLY SKIP\r\nCLIENT REPLY SKIP\r\nPING 3\r\nPING 4\r\nCLIENT REPLY SKIP\r\nCLIENT REPLY ON\r\nPING 5\r\n",
                "CLIENT REPLY SKIP\r\nRESET\r\nPING a\r\nCLIENT REPLY OFF\r\nRESET\r\nPING b\r\nSELECT 1\r\nMULTI\r\nRESET\r\nEXEC\r\n",
                "BLPOP none 0.05\r\nRPUSH q a\r\nBLPOP q 1\r\nBLMOVE none none LEFT LEFT 0.02\r\nXREAD BLOCK 20 STREAMS none 0\r\n",
                "EVAL 'return {1,2,{3,\"a\"}}' 0\r\nEVAL 'return redis.error_reply(\"no\")' 0\r\n"
                        + "EVAL 'return redis.call(\"XLEN\",KEYS[1])' 1 peagen.tasks\r\nEVALSHA 00 0\r\n",
                "SUBSCRIBE a b\r\nPING\r\nUNSUBSCRIBE a\r\nUNSUBSCRIBE\r\nGET k\r\n",
                "HELLO 3\r\nSUBSCRIBE a\r\nPUBLISH a hi\r\nPING\r\nPUNSUBSCRIBE\r\n",
                worker(""),
                worker("HELLO 3\r\n"),
                worker("CLIENT REPLY ON\r\n"),
                worker("SELECT 2\r\n"),
                "*-1\r\n*0\r\n\r\n\n*1\r\n$4\r\nPING\r\n*1\r\rx$4\rxPINGxx\r\n",
                "PING\r\n*1\r\n$-5\r\n",
                "PING\r\n*1\r\n$04\r\nPING\r\n",
                "PING\r\n*+1\r\n",
                "PING\r\n*2147483648\r\n",
                "PING\r\n*2\r\n$4\r\nXACK\r\n$600000000\r\n",
                "PING\r\n*2\r\n$600000000\r\n",
                "PING\r\nSET k \"unclosed\r\n",
                "PING\r\n*1\r\n+PING\r\n",
                "PING\r\n*1x\r\n",
                "PING\r\nQUIT\r\nPING\r\n",
                "SET big " + "x".repeat(60_000) + "\r\nGET big\r\nSTRLEN big\r\n"
                        + command("ECHO", "y".repeat(300_000)),
                "PING\r\n".repeat(20_000));
    }

    private String masked(String heard) {
        return heard.replaceAll("(\\$2\\r\\nid\\r\\n):\\d+", "$1:ID").replaceAll("\\b\\d{13}-\\d+", "ENTRY");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void answersAreTheSame(String script) {
        String expected;
        try (RawClient admin = lab.direct();
                RawClient direct = lab.direct()) {
            admin.expect("FLUSHALL\r\n", "+OK\r\n");
            expected = masked(direct.run(script));
        }
        for (Map.Entry<Observing, ProbeAgent> agent : agents.entrySet()) {
            try (RawClient admin = lab.direct();
                    RawClient proxied = Lab.through(agent.getValue())) {
                admin.expect("FLUSHALL\r\n", "+OK\r\n");
                assertThat(masked(proxied.run(script))).as("%s", agent.getKey()).isEqualTo(expected);
            }
        }
    }

    @Test
    void answersAreTheSameInWhateverPiecesAWorkerSends() {
        byte[] script = Pieces.bytes(worker(""));
        SplittableRandom random = new SplittableRandom(7);
        String expected;
        try (RawClient direct = lab.direct()) {
            direct.expect("FLUSHALL\r\n", "+OK\r\n");
            expected = masked(direct.run(worker("")));
        }
        for (int round = 0; round < 60; round++) {
            ProbeAgent agent = agents.get(round % 2 == 0 ? Observing.WRITE_AHEAD : Observing.BATCHED);
            try (RawClient proxied = Lab.through(agent)) {
                proxied.expect("FLUSHALL\r\n", "+OK\r\n");
                int[] cuts = random.ints(8, 1, script.length).sorted().toArray();
                Pieces.cut(script, cuts).forEach(proxied::send);
                assertThat(masked(proxied.run("")))
                        .as("cut at %s", Arrays.toString(cuts))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void monitorsSeeWhatRedisShows() {
        for (ProbeAgent agent : agents.values()) {
            try (RawClient monitor = Lab.through(agent);
                    RawClient other = Lab.through(agent)) {
                monitor.expect("PING\r\n", "+PONG\r\n").expect("MONITOR\r\n", "+OK\r\n");
                other.expect("ECHO seen\r\n", "$4\r\nseen\r\n");
                monitor.expect("", "\"ECHO\" \"seen\"\r\n");
            }
        }
    }

    @Test
    void messagesReachSubscribers() {
        for (ProbeAgent agent : agents.values()) {
            try (RawClient subscriber = Lab.through(agent);
                    RawClient publisher = Lab.through(agent)) {
                subscriber.expect("PING\r\nSUBSCRIBE news\r\n", "$4\r\nnews\r\n:1\r\n");
                publisher.expect("PUBLISH news hello\r\n", ":1\r\n");
                subscriber.expect("", "$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n");
            }
        }
    }
}
