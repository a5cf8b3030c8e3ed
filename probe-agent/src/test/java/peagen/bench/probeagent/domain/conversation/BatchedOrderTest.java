package peagen.bench.probeagent.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.conversation.Farm.ack;
import static peagen.bench.probeagent.domain.conversation.Farm.claimed;
import static peagen.bench.probeagent.domain.conversation.Farm.read;
import static peagen.bench.probeagent.domain.resp.Pieces.bytes;
import static peagen.bench.probeagent.domain.resp.Pieces.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.probeagent.domain.Hands;

/** In batched mode a reply about many tasks goes on before it is followed, and so does what came with it. */
@SuppressWarnings("StringConcatToTextBlock") // bytes, whose line ends matter
class BatchedOrderTest {

    private static final Map<String, String> ANSWERS =
            Map.of("XREADGROUP GROUP peagen w1", claimed(1, 2), "XACK", ":1\r\n");

    private final Hands hands = new Hands(10);

    private Dialogue worker() {
        return new Dialogue(Observing.BATCHED, ANSWERS, false, hands, 1 << 16);
    }

    @Test
    void aWorkerThatAcknowledgesOnAnotherConnectionAtOnceEndsTheTaskAllTheSame() throws InterruptedException {
        Dialogue claims = worker();
        Dialogue acks = worker();
        Thread other = new Thread(() -> acks.say(ack(1)));
        claims.whenHurried(() -> {
            other.start();
            // It gets as far as it can before the claims are read: to its end, if nothing keeps it from that.
            while (other.isAlive() && other.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        });
        claims.say(read("w1"));
        other.join();

        assertThat(claims.rows()).containsExactly("1 CLAIMED 1", "2 CLAIMED 1");
        assertThat(acks.rows()).containsExactly("1 EXECUTED 1", "1 COMPLETED 1");
        assertThat(claims.watch().inHand()).isEqualTo(1);
    }

    @Test
    void whatCameWithAReplyAboutManyTasksIsNotKeptWaiting() {
        String ids = command("XACK", "peagen.tasks", "peagen") + command("XDEL", "peagen.tasks", "1-0");
        Dialogue claims = worker();
        List<String> atThatTime = new ArrayList<>();
        claims.whenHurried(() -> atThatTime.add(claims.heard()));
        claims.say(read("w1") + command("PING") + ids);

        assertThat(atThatTime).containsExactly(claims.heard());
        assertThat(claims.heard())
                .startsWith(claimed(1, 2) + ":4\r\n")
                .hasSizeGreaterThan(claimed(1, 2).length() + 4);
    }

    @ParameterizedTest
    @MethodSource("bites")
    void repliesAreFollowedInTheirOrderInWhateverPiecesTheyCome(int bite) {
        Map<String, String> answers = Map.of(
                "XREADGROUP GROUP peagen w1", claimed(1, 2),
                "XREADGROUP GROUP peagen w2", claimed(3),
                "XACK", ":1\r\n");
        Dialogue worker = new Dialogue(Observing.BATCHED, answers, false, hands, 1 << 16);
        String said = read("w1") + ack(1) + read("w2") + ack(2, 3) + command("PING") + read("w1");
        worker.say(List.of(bytes(said)), bite);

        assertThat(worker.rows())
                .containsExactly(
                        "1 CLAIMED 1",
                        "2 CLAIMED 1",
                        "1 EXECUTED 1",
                        "1 COMPLETED 1",
                        "3 CLAIMED 1",
                        "2 EXECUTED 1",
                        "2 COMPLETED 1",
                        "3 EXECUTED 1",
                        "3 COMPLETED 1",
                        "1 CLAIMED 1",
                        "2 CLAIMED 1");
        worker.assertTransparent(bytes(said), answers);
        assertThat(worker.unobserved()).isEmpty();
    }

    /** Every split of the first reply and of what comes behind it, and none. */
    static IntStream bites() {
        return IntStream.concat(IntStream.rangeClosed(1, claimed(1, 2).length() + 8), IntStream.of(Integer.MAX_VALUE));
    }

    @Test
    void theClientHasItsTasksBeforeTheyAreCounted() {
        Dialogue claims = worker();
        List<String> atThatTime = new ArrayList<>();
        claims.whenHurried(() -> atThatTime.add(
                claims.heard().length() + " bytes, " + claims.watch().inHand() + " in hand"));
        claims.say(read("w1"));

        assertThat(atThatTime).containsExactly(claimed(1, 2).length() + " bytes, 0 in hand");
        assertThat(claims.watch().inHand()).isEqualTo(2);
    }
}
