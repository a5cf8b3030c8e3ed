package peagen.bench.probeagent.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.conversation.Farm.ack;
import static peagen.bench.probeagent.domain.conversation.Farm.claimed;
import static peagen.bench.probeagent.domain.conversation.Farm.deadLetter;
import static peagen.bench.probeagent.domain.conversation.Farm.giveBack;
import static peagen.bench.probeagent.domain.conversation.Farm.read;
import static peagen.bench.probeagent.domain.conversation.Farm.result;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.probeagent.domain.Hands;
import peagen.bench.probeagent.domain.resp.Pieces;

/** Whatever is said, in whatever pieces: nobody notices that somebody listens, and no task ends before it was written down. */
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class TransparencyTest {

    private static final Map<String, String> ANSWERS = new HashMap<>(Map.of(
            "XREADGROUP GROUP peagen w1", claimed(1, 2, 3),
            "XREADGROUP GROUP peagen w2", claimed(4),
            "XREADGROUP GROUP peagen w3", claimed(5, 6),
            "XREADGROUP GROUP peagen none", "*-1\r\n",
            "XACK", ":1\r\n",
            "XADD", "$3\r\n9-9\r\n",
            "XDEL", ":1\r\n",
            "PUSHED", ">2\r\n+invalidate\r\n*1\r\n$1\r\nk\r\n+OK\r\n",
            "SELECT", "+OK\r\n",
            "HELLO", "%1\r\n+proto\r\n:3\r\n"));

    private static final String DIALOGUE = command("HELLO", "3")
            + "ping\r\n"
            + read("w1")
            + command("SET", "k", "*3\r\n$4\r\nXACK\r\n")
            + result(1)
            + ack(1)
            + command("XDEL", "peagen.tasks", "1-0")
            + command("MULTI")
            + result(2)
            + ack(2)
            + command("GET", "k")
            + command("EXEC")
            + command("CLIENT", "SETNAME", "me")
            + read("none")
            + "\r\n"
            + command("PUSHED")
            + ack(3)
            + read("w2")
            + command("MULTI")
            + command("MULTI")
            + ack(77)
            + command("DISCARD")
            + command("EXEC")
            + giveBack(4)
            + ack(4)
            + command("CLIENT", "REPLY", "SKIP")
            + ack(78)
            + read("w3")
            + command("CLIENT", "REPLY", "SKIP")
            + "\r\n"
            + ack(5)
            + command("CLIENT", "REPLY", "OFF")
            + deadLetter(6)
            + ack(6)
            + command("CLIENT", "REPLY", "ON")
            + command("GET", "k");

    private static Dialogue assertSound(Observing observing, byte[] sent, List<byte[]> pieces, int bite) {
        Dialogue dialogue = new Dialogue(observing, ANSWERS).say(pieces, bite);
        dialogue.assertTransparent(sent, ANSWERS);
        assertThat(dialogue.unobserved()).isEmpty();
        if (observing == Observing.WRITE_AHEAD) {
            assertThat(dialogue.redis().clients()).isEqualTo(sent);
            assertWrittenAhead(dialogue);
        }
        return dialogue;
    }

    /** Every acknowledgement of a task whose claim was answered stands behind the row that says how the task ended. */
    private static void assertWrittenAhead(Dialogue dialogue) {
        Set<String> ended = new HashSet<>();
        Set<String> claimed = new HashSet<>();
        for (String line : dialogue.story()) {
            if (line.matches("\\d+ CLAIMED \\d+")) {
                claimed.add(line.substring(0, line.indexOf(' ')));
            } else if (line.matches("\\d+ (COMPLETED|FAILED|DEAD_LETTERED|REQUEUED) \\d+")) {
                ended.add(line.substring(0, line.indexOf(' ')));
            } else if (line.startsWith("XACK ")) {
                String task = line.substring(line.lastIndexOf(' ') + 1).replace("-0", "");
                assertThat(!claimed.contains(task) || ended.contains(task))
                        .as("%s is written down before its acknowledgement: %s", task, dialogue.story())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Observing.class)
    void nobodyNoticesHoweverTheStreamsAreCut(Observing observing) {
        byte[] sent = bytes(DIALOGUE);
        Pieces.everyCut(sent, 300).forEach(pieces -> assertSound(observing, sent, pieces, 1 << 20));
        for (int bite = 1; bite < 40; bite++) {
            assertSound(observing, sent, List.of(sent), bite);
        }
        Dialogue byteByByte = assertSound(
                observing,
                sent,
                Pieces.cut(sent, IntStream.range(0, sent.length).toArray()),
                1);

        assertThat(byteByByte.rows())
                .containsExactlyInAnyOrder(
                        "1 CLAIMED 1",
                        "2 CLAIMED 1",
                        "3 CLAIMED 1",
                        "1 EXECUTED 1",
                        "1 COMPLETED 1",
                        "2 EXECUTED 1",
                        "2 COMPLETED 1",
                        "3 EXECUTED 1",
                        "3 COMPLETED 1",
                        "4 CLAIMED 1",
                        "4 REQUEUED 1",
                        "5 CLAIMED 1",
                        "6 CLAIMED 1",
                        "5 EXECUTED 1",
                        "5 COMPLETED 1",
                        "6 DEAD_LETTERED 1");
        assertThat(byteByByte.watch().inHand()).isZero();
        assertThat(byteByByte.conversation().isIdle()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"WRITE_AHEAD, false", "WRITE_AHEAD, true", "BATCHED, false", "BATCHED, true"})
    void randomDialoguesAreSound(Observing observing, boolean refusing) {
        for (long seed = 0; seed < 1_500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] sent = bytes(randomDialogue(random));
            Dialogue dialogue = new Dialogue(observing, ANSWERS, refusing, new Hands(1_000), 1 << 16);
            dialogue.say(Pieces.cut(sent, random), 1 + random.nextInt(60));

            dialogue.assertTransparent(sent, ANSWERS);
            assertThat(dialogue.conversation().isIdle()).as("seed %d", seed).isTrue();
            List<String> rows = dialogue.rows();
            assertThat(rows.stream().filter(row -> !row.contains("REQUEUED")))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates();
            if (!refusing && observing == Observing.WRITE_AHEAD) {
                assertWrittenAhead(dialogue);
            }
            if (refusing) {
                Dialogue taken = new Dialogue(observing, ANSWERS);
                taken.say(List.of(sent), 1 << 20);
                assertThat(rows.stream().filter(row -> row.contains("CLAIMED")))
                        .as("seed %d: nothing that Redis refused is lost", seed)
                        .containsExactlyInAnyOrderElementsOf(taken.rows().stream()
                                .filter(row -> row.contains("CLAIMED"))
                                .toList());
            }
        }
    }

    private static String randomDialogue(SplittableRandom random) {
        StringBuilder said = new StringBuilder(read("w1") + read("w2") + read("w3"));
        boolean multi = false;
        for (int i = 0; i < 14; i++) {
            int task = 1 + random.nextInt(6);
            switch (random.nextInt(13)) {
                case 0 -> said.append(result(task));
                case 1, 2 -> said.append(ack(task));
                case 3 -> {
                    said.append(command("MULTI"));
                    multi = true;
                }
                case 4 -> {
                    said.append(command("EXEC"));
                    multi = false;
                }
                case 5 -> said.append(multi ? "" : command("CLIENT", "REPLY", "SKIP"));
                case 6 -> said.append(multi ? "" : command("CLIENT", "REPLY", random.nextBoolean() ? "ON" : "OFF"));
                case 7 -> said.append("\r\n");
                case 8 -> said.append(command("ECHO", "x".repeat(random.nextInt(300))));
                case 9 -> said.append("inline 'word ").append(i).append("'\n");
                case 10 -> said.append(multi ? command("WATCH", "k") : command("PUSHED"));
                case 11 -> said.append(giveBack(task));
                default -> {
                    boolean reset = random.nextBoolean();
                    said.append(command(reset ? "RESET" : "DISCARD"));
                    multi = false;
                }
            }
        }
        return said.append(command("EXEC"))
                .append(command("CLIENT", "REPLY", "ON"))
                .toString();
    }
}
