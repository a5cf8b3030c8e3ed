package peagen.bench.probeagent.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.conversation.Farm.ack;
import static peagen.bench.probeagent.domain.conversation.Farm.bulk;
import static peagen.bench.probeagent.domain.conversation.Farm.claimed;
import static peagen.bench.probeagent.domain.conversation.Farm.claimedInMap;
import static peagen.bench.probeagent.domain.conversation.Farm.read;
import static peagen.bench.probeagent.domain.conversation.Farm.result;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.probeagent.domain.Hands;
import peagen.bench.probeagent.domain.resp.Pieces;

@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class ConversationTest {

    private final Map<String, String> answers = new HashMap<>(Map.of(
            "XREADGROUP GROUP peagen w1",
            claimed(1, 2),
            "XREADGROUP GROUP peagen w2",
            claimed(3),
            "XACK",
            ":1\r\n",
            "XADD",
            "$3\r\n9-9\r\n"));

    private Dialogue ahead() {
        return new Dialogue(Observing.WRITE_AHEAD, answers);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private Dialogue batched() {
        return new Dialogue(Observing.BATCHED, answers);
    }

    @Test
    void oneReadsRowsGoInFrontOfTheFirstCommandThatEndsATask() {
        Dialogue dialogue = ahead().say(read("w1")).say(command("PING") + result(1) + ack(1) + ack(2));

        assertThat(dialogue.story())
                .filteredOn(line -> line.matches("PING|XACK.*|.*[A-Z] 1"))
                .containsExactly(
                        "PING",
                        "1 CLAIMED 1",
                        "2 CLAIMED 1",
                        "1 EXECUTED 1",
                        "1 COMPLETED 1",
                        "2 EXECUTED 1",
                        "2 COMPLETED 1",
                        "XACK peagen.tasks peagen 1-0",
                        "XACK peagen.tasks peagen 2-0");
    }

    @Test
    void aTransactionWaitsUntilItsRowsAreInRedis() {
        String sent = read("w1") + command("MULTI") + result(1) + ack(1) + command("EXEC") + command("PING");
        Dialogue dialogue = ahead().say(read("w1"));
        dialogue.send(bytes(command("MULTI") + result(1) + ack(1)));

        assertThat(dialogue.story()).noneMatch(line -> line.contains("COMPLETED") || line.startsWith("XACK"));
        Dialogue whole = ahead().say(read("w1")).say(sent.substring(read("w1").length()));
        whole.assertTransparent(bytes(sent), answers);
        assertThat(whole.story().indexOf("1 COMPLETED 1"))
                .isBetween(0, whole.story().indexOf("XACK peagen.tasks peagen 1-0"));
    }

    @Test
    void aDiscardedTransactionEndsNothing() {
        Dialogue dialogue = ahead().say(read("w1") + command("MULTI") + ack(1) + command("DISCARD"));

        assertThat(dialogue.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1");
        assertThat(dialogue.watch().inHand()).isEqualTo(2);
    }

    @Test
    void aWholeBatchGoesInFrontOfWhateverComesNext() {
        Dialogue dialogue =
                batched().say(read("w1")).say(command("PING") + ack(1)).say(command("ECHO", "x"));

        assertThat(dialogue.story())
                .containsExactly(
                        "XREADGROUP GROUP peagen w1 COUNT 9 STREAMS peagen.tasks >",
                        "1 CLAIMED 1",
                        "2 CLAIMED 1",
                        "PING",
                        "XACK peagen.tasks peagen 1-0",
                        "1 EXECUTED 1",
                        "1 COMPLETED 1",
                        "ECHO x");
        assertThat(dialogue.conversation().isIdle()).isTrue();
    }

    @Test
    void aBatchThatRedisNeverAnsweredIsThereAgainWhenTheConnectionIsOver() {
        Dialogue dialogue = batched().say(read("w1"));
        dialogue.send(bytes(command("PING")));
        assertThat(dialogue.story()).contains("1 CLAIMED 1");

        dialogue.conversation().over();

        assertThat(dialogue.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1", "1 CLAIMED 1", "2 CLAIMED 1");
    }

    @Test
    void whatWasWrittenAheadAndNotAnsweredMayNotHaveHappened() {
        Dialogue dialogue = ahead().say(read("w1"));
        dialogue.send(bytes(ack(1)));

        dialogue.conversation().over();

        assertThat(dialogue.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1", "1 EXECUTED 1", "1 COMPLETED 1");
    }

    @Test
    void aTransactionThatWasNotExecutedClaimsNothingInBatches() {
        Dialogue dialogue = batched();
        dialogue.answer(dialogue.send(bytes(command("MULTI") + read("w1"))), 99);
        byte[] nothing = bytes("*-1\r\n");
        dialogue.send(bytes(command("EXEC")));
        dialogue.answer(nothing, 99);

        assertThat(dialogue.rows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Observing.class)
    void claimsWithinATransactionAreFoundAmongItsReplies(Observing observing) {
        Dialogue dialogue = new Dialogue(observing, answers)
                .say(command("MULTI")
                        + command("GET", "k")
                        + command("WATCH", "k")
                        + read("w1")
                        + ack(9)
                        + read("w2")
                        + command("EXEC"));

        assertThat(dialogue.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1", "3 CLAIMED 1");
        assertThat(dialogue.unobserved()).isEmpty();
    }

    @Test
    void whatRedisRefusesOfOursIsNotLostAndNotTriedAgainHere() {
        Dialogue dialogue = new Dialogue(Observing.WRITE_AHEAD, answers, true, new Hands(10), 1 << 16);
        String sent = read("w1") + ack(1) + command("PING") + ack(2);
        dialogue.say(read("w1")).say(ack(1) + command("PING"));
        assertThat(dialogue.conversation().answers().refused()).isEqualTo(1);
        assertThat(dialogue.conversation().isIdle()).isTrue();
        dialogue.say(ack(2));

        dialogue.assertTransparent(bytes(sent), answers);
        assertThat(dialogue.redis().events()).hasSize(1);
        assertThat(dialogue.rows())
                .containsExactlyInAnyOrder(
                        "1 CLAIMED 1", "2 CLAIMED 1", "1 EXECUTED 1", "1 COMPLETED 1", "2 EXECUTED 1", "2 COMPLETED 1");
        assertThat(dialogue.story().indexOf("2 COMPLETED 1"))
                .isLessThan(dialogue.story().indexOf("XACK peagen.tasks peagen 2-0"));
    }

    @ParameterizedTest
    @CsvSource({
        "SUBSCRIBE c, SUBSCRIBED",
        "PSUBSCRIBE c, SUBSCRIBED",
        "SSUBSCRIBE c, SUBSCRIBED",
        "UNSUBSCRIBE, SUBSCRIBED",
        "MONITOR, STREAMED",
        "PSYNC ? -1, STREAMED",
        "*1 what, CLIENT_BROKE_PROTOCOL"
    })
    void whatCannotBeFollowedIsPassedOnBothWays(String command, Unobserved reason) {
        for (int cut = 0; cut < 40; cut++) {
            String first = read("w1") + ack(1);
            String behind = command + "\r\n" + ack(2) + "*1\r\n$4";
            byte[] whole = bytes(first + behind);
            Dialogue dialogue = ahead();
            // "*1 what" never ends as a command, so the answers come by hand
            for (byte[] piece :
                    Pieces.cut(whole, first.length() - 20, first.length() + Math.min(cut, behind.length()))) {
                dialogue.answer(dialogue.send(piece), 7);
            }
            String before = dialogue.heard();
            dialogue.answer(bytes(">no reply at all\r\n:1"), 3);

            assertThat(dialogue.heard()).isEqualTo(before + ">no reply at all\r\n:1");
            assertThat(dialogue.unobserved()).containsExactly(reason);
            assertThat(dialogue.conversation().isOpaque()).isTrue();
            assertThat(dialogue.conversation().isIdle()).isTrue();
            assertThat(dialogue.redis().events()).hasSize(1);
            assertThat(latin(dialogue.redis().clients())
                            + latin(dialogue.redis().open()))
                    .isEqualTo(first + behind);
            assertThat(dialogue.rows()).contains("1 COMPLETED 1").doesNotContain("2 COMPLETED 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1", "CLIENT REPLY OFF"})
    void whatChangesTheConnectionWithinATransactionIsNotFollowed(String command) {
        Dialogue dialogue = ahead().say(command("MULTI") + command + "\r\n" + command("EXEC"));

        assertThat(dialogue.unobserved()).containsExactly(Unobserved.STATE_IN_TRANSACTION);
    }

    @Test
    void theServerSayingWhatNobodyAskedForEndsTheFollowingOnBothSides() {
        Dialogue dialogue = ahead().say(read("w1"));
        dialogue.answer(bytes("-ERR out of the blue\r\n"), 4);
        dialogue.say(ack(1));

        assertThat(dialogue.unobserved()).containsExactly(Unobserved.SERVER_BROKE_PROTOCOL);
        assertThat(dialogue.redis().events()).isEmpty();
        assertThat(dialogue.heard()).endsWith("-ERR out of the blue\r\n:1\r\n");
        assertThat(dialogue.conversation().isIdle()).isTrue();
    }

    @Test
    void aBeginningThatWasHeldBackGoesOnWhenTheFollowingEnds() {
        Dialogue dialogue = ahead();
        byte[] sent = bytes(ack(1));
        dialogue.send(Arrays.copyOf(sent, 20));
        assertThat(dialogue.redis().open()).isEmpty();
        dialogue.answer(bytes("?garbage"), 99);
        dialogue.send(Arrays.copyOfRange(sent, 20, sent.length));

        assertThat(dialogue.redis().clients()).isEqualTo(sent);
    }

    @Test
    void onlyTheFarmsDatabaseIsTheFarm() {
        answers.put("SELECT 99", "-ERR DB index is out of range\r\n");
        answers.put("SELECT", "+OK\r\n");
        Dialogue dialogue = ahead().say(command("SELECT", "1") + read("w1")).say(ack(1));
        assertThat(dialogue.rows()).isEmpty();

        dialogue.say(command("SELECT", "99")).say(read("w1"));
        assertThat(dialogue.rows()).as("still in database 1").isEmpty();

        dialogue.say(command("SELECT", "99") + command("SELECT", "0") + command("SELECT", "nought") + read("w1"));
        assertThat(dialogue.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1");

        dialogue.say(command("SELECT", "1") + command("RESET") + command("SELECT", "99"))
                .say(read("w2"));
        assertThat(dialogue.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1", "3 CLAIMED 1");
    }

    @Test
    void aTransactionThatWasRefusedIsNone() {
        Dialogue dialogue = batched();
        dialogue.send(bytes(command("MULTI")));
        dialogue.answer(bytes("-NOAUTH Authentication required.\r\n"), 99);
        dialogue.send(bytes(read("w1")));
        dialogue.answer(bytes(claimed(1, 2)), 99);

        assertThat(dialogue.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1");
    }

    @Test
    void pushMessagesBetweenRepliesAnswerNothing() {
        Dialogue dialogue = ahead();
        dialogue.answer(bytes(">2\r\n+invalidate\r\n*0\r\n"), 1);
        String push = ">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n";
        dialogue.send(bytes(read("w1")));
        dialogue.answer(bytes(push + claimedInMap(1) + push), 1);
        dialogue.send(bytes(ack(1) + command("PING")));
        String before = dialogue.heard();
        dialogue.answer(bytes(push + "$3\r\n1-1\r\n" + push + ":1\r\n" + push + "+PONG\r\n"), 1);

        assertThat(dialogue.heard()).isEqualTo(before + push + push + ":1\r\n" + push + "+PONG\r\n");
        assertThat(dialogue.rows()).startsWith("1 CLAIMED 1");
        assertThat(dialogue.unobserved()).isEmpty();
    }

    @Test
    void whatIsTooLargeOrOutOfSightIsPassedOnAndSaid() {
        answers.put(
                "XREADGROUP GROUP peagen large",
                "*1\r\n*2\r\n" + bulk("peagen.tasks") + "*1\r\n*2\r\n" + bulk("1-0") + "*2\r\n" + bulk("data")
                        + bulk("x".repeat(70_000)));
        String said = read("large")
                + command("XADD", "peagen.results", "*", "data", "x".repeat(70_000))
                + command("EVAL", "return 1", "1", "peagen.tasks")
                + command("EVAL", "return 1", "1", "other")
                + command("XREADGROUP", "GROUP", "peagen", "w1", "NOACK", "STREAMS", "peagen.tasks", ">");
        Dialogue dialogue = ahead().say(Pieces.cut(bytes(said), 10, 100, 30_000, 69_000), 999);

        dialogue.assertTransparent(bytes(said), answers);
        assertThat(dialogue.unobserved())
                .containsExactlyInAnyOrder(
                        Unobserved.TOO_LARGE, Unobserved.TOO_LARGE, Unobserved.SCRIPTED, Unobserved.WITHOUT_ACK);
    }

    @Test
    void aPipelineWithoutEndIsForgottenAndPassedOn() {
        Dialogue dialogue = batched();
        byte[] reads = bytes(read("none").repeat(1_000));
        for (int i = 0; i < 120; i++) {
            dialogue.send(reads);
        }

        assertThat(dialogue.unobserved()).containsExactly(Unobserved.TOO_MANY);
        assertThat(dialogue.redis().executed()).hasSize(120_000);
    }
}
