package peagen.bench.probeagent.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.conversation.Farm.ack;
import static peagen.bench.probeagent.domain.conversation.Farm.bulk;
import static peagen.bench.probeagent.domain.conversation.Farm.claimed;
import static peagen.bench.probeagent.domain.conversation.Farm.entries;
import static peagen.bench.probeagent.domain.conversation.Farm.entry;
import static peagen.bench.probeagent.domain.conversation.Farm.read;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.probeagent.domain.Hands;

@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class ClaimsTest {

    private final Map<String, String> answers =
            new HashMap<>(Map.of("XREADGROUP GROUP peagen w1", claimed(1, 2), "XACK", ":1\r\n"));

    private Dialogue ahead() {
        return new Dialogue(Observing.WRITE_AHEAD, answers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1 << 20})
    void claimsOfEveryShapeAreRead(int bite) {
        String gone = "*2\r\n" + bulk("9-0") + "*-1\r\n";
        String foreign = bulk("other") + entries(4);
        answers.put("XREADGROUP GROUP peagen map", "%2\r\n" + foreign + bulk("peagen.tasks") + entries(1));
        answers.put(
                "XREADGROUP GROUP peagen two", "*2\r\n*2\r\n" + foreign + "*2\r\n" + bulk("peagen.tasks") + entries(2));
        answers.put(
                "XREADGROUP GROUP peagen again", "*1\r\n*2\r\n" + bulk("peagen.tasks") + "*2\r\n" + gone + entry(1));
        answers.put("XAUTOCLAIM peagen.tasks peagen six", "*2\r\n" + bulk("0-0") + "*3\r\n*-1\r\n$-1\r\n" + entry(2));
        answers.put(
                "XAUTOCLAIM peagen.tasks peagen seven", "*3\r\n" + bulk("0-0") + entries(3) + "*1\r\n" + bulk("9-0"));
        answers.put("XCLAIM peagen.tasks peagen three", "*2\r\n_\r\n" + entry(3));
        answers.put("XCLAIM peagen.tasks peagen odd", "+OK\r\n");
        Dialogue dialogue = ahead();
        String again = command("XREADGROUP", "GROUP", "peagen", "again", "STREAMS", "peagen.tasks", "0");
        String said = command("XREADGROUP", "GROUP", "peagen", "map", "STREAMS", "other", "peagen.tasks", ">", ">")
                + command("XREADGROUP", "GROUP", "peagen", "two", "STREAMS", "other", "peagen.tasks", ">", ">")
                + command("XREADGROUP", "GROUP", "other", "map", "STREAMS", "peagen.tasks", ">")
                + again
                + command("XAUTOCLAIM", "peagen.tasks", "peagen", "six", "60000", "0-0")
                + command("XAUTOCLAIM", "peagen.tasks", "peagen", "seven", "60000", "0-0", "COUNT", "9")
                + command("XAUTOCLAIM", "peagen.tasks", "peagen", "seven", "60000", "0-0", "JUSTID")
                + command("XCLAIM", "peagen.tasks", "peagen", "three", "0", "3-0")
                + command("XCLAIM", "peagen.tasks", "peagen", "odd", "0", "3-0");
        dialogue.say(List.of(bytes(said)), bite);

        assertThat(dialogue.rows())
                .containsExactly(
                        "1 CLAIMED 1", "2 CLAIMED 1", "1 CLAIMED 2", "2 CLAIMED 2", "3 CLAIMED 2", "3 CLAIMED 3");
        assertThat(dialogue.unobserved()).containsExactly(Unobserved.UNEXPECTED_REPLY);
        assertThat(dialogue.watch().consumer()).isEqualTo("odd");
    }

    @Test
    void anAcknowledgementOnAnotherConnectionEndsTheTask() {
        Hands hands = new Hands(10);
        Dialogue claims = new Dialogue(Observing.WRITE_AHEAD, answers, false, hands, 1 << 16).say(read("w1"));
        Dialogue acks = new Dialogue(Observing.WRITE_AHEAD, answers, false, hands, 1 << 16).say(ack(1));

        assertThat(acks.story()).containsExactly("1 EXECUTED 1", "1 COMPLETED 1", "XACK peagen.tasks peagen 1-0");
        assertThat(claims.watch().inHand()).isEqualTo(1);
    }

    @Test
    void eachOfTwoWorkersThatHoldOneEntryEndsItsOwnClaim() {
        Hands hands = new Hands(10);
        answers.put("XCLAIM", "*1\r\n" + entry(1));
        Dialogue slow = new Dialogue(Observing.WRITE_AHEAD, answers, false, hands, 1 << 16).say(read("w1"));
        Dialogue fast = new Dialogue(Observing.WRITE_AHEAD, answers, false, hands, 1 << 16)
                .say(command("XCLAIM", "peagen.tasks", "peagen", "fast", "0", "1-0"))
                .say(ack(1));
        slow.say(ack(1));

        assertThat(fast.rows()).containsExactly("1 CLAIMED 2", "1 EXECUTED 2", "1 COMPLETED 2");
        assertThat(slow.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1", "1 EXECUTED 1", "1 COMPLETED 1");
    }
}
