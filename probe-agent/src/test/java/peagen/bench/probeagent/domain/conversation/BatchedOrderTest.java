package peagen.bench.probeagent.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.probeagent.domain.conversation.Farm.ack;
import static peagen.bench.probeagent.domain.conversation.Farm.claimed;
import static peagen.bench.probeagent.domain.conversation.Farm.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import peagen.bench.probeagent.domain.Hands;

/** In batched mode a reply about many tasks goes on before it is followed. */
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
