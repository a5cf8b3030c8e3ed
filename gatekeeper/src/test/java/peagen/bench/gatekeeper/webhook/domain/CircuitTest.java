package peagen.bench.gatekeeper.webhook.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.webhook.domain.Circuit.Closed;
import peagen.bench.gatekeeper.webhook.domain.Circuit.HalfOpen;
import peagen.bench.gatekeeper.webhook.domain.Circuit.Open;

class CircuitTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:00:00Z");

    private static Circuit failed(Circuit circuit, int times) {
        Circuit after = circuit;
        for (int i = 0; i < times; i++) {
            after = after.onFailure(NOW);
        }
        return after;
    }

    @Test
    void opensAfterFiveFailuresInARow() {
        assertThat(failed(Circuit.fresh(), 4)).isEqualTo(new Closed(4));
        assertThat(failed(Circuit.fresh(), 5)).isEqualTo(new Open(NOW.plusSeconds(60), Duration.ofMinutes(1)));
        assertThat(failed(failed(Circuit.fresh(), 4).onSuccess(), 4)).isEqualTo(new Closed(4));
    }

    @Test
    void letsFourGoAtATimeWhileClosed() {
        assertThat(Circuit.fresh().room(NOW, 0)).isEqualTo(4);
        assertThat(Circuit.fresh().room(NOW, 3)).isEqualTo(1);
        assertThat(Circuit.fresh().room(NOW, 4)).isZero();
        assertThat(Circuit.fresh().room(NOW, 5)).isZero();
        assertThat(Circuit.fresh().onDeparture()).isEqualTo(Circuit.fresh());
    }

    @Test
    void letsNobodyGoWhileOpenAndThenOne() {
        Circuit open = failed(Circuit.fresh(), 5);
        Instant over = NOW.plusSeconds(60);

        assertThat(open.room(over.minusNanos(1), 0)).isZero();
        assertThat(open.room(over, 1)).isZero();
        assertThat(open.room(over, 0)).isEqualTo(1);

        Circuit probing = open.onDeparture();
        assertThat(probing).isEqualTo(new HalfOpen(Duration.ofMinutes(1)));
        assertThat(probing.room(over, 1)).isZero();
        assertThat(probing.room(over, 0)).isEqualTo(1);
        assertThat(probing.onSuccess()).isEqualTo(Circuit.fresh());
    }

    @Test
    void leavesAReceiverAloneTwiceAsLongAfterAProbeThatFailed() {
        Circuit circuit = failed(Circuit.fresh(), 5);
        for (int minutes : new int[] {2, 4, 8, 16, 30, 30}) {
            circuit = circuit.onDeparture().onFailure(NOW);
            assertThat(circuit).isEqualTo(new Open(NOW.plusSeconds(60L * minutes), Duration.ofMinutes(minutes)));
        }
    }

    @Test
    void isNotOpenedLongerByThoseThatWereUnderWay() {
        Circuit open = failed(Circuit.fresh(), 5);

        assertThat(open.onFailure(NOW.plusSeconds(20))).isEqualTo(open);
    }
}
