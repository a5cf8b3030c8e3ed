package peagen.bench.measurement.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;

class PhasesTest {

    private static final long SECOND = 1_000_000_000L;

    private final Phases phases = new Phases(5, 60, 3);

    @Test
    void aPhaseIncludesItsFirstInstantAndNotItsEnd() {
        assertThat(phases.phaseAt(0)).isEqualTo(Phase.WARM_UP);
        assertThat(phases.phaseAt(5 * SECOND - 1)).isEqualTo(Phase.WARM_UP);
        assertThat(phases.phaseAt(5 * SECOND)).isEqualTo(Phase.STEADY);
        assertThat(phases.phaseAt(65 * SECOND - 1)).isEqualTo(Phase.STEADY);
        assertThat(phases.phaseAt(65 * SECOND)).isEqualTo(Phase.COOL_DOWN);
    }

    @Test
    void totalIsTheSumOfThePhases() {
        assertThat(phases.totalNanos()).isEqualTo(68 * SECOND);
    }

    @Test
    void aYearDoesNotOverflow() {
        assertThat(new Phases(31_536_000, 31_536_000, 31_536_000).totalNanos()).isEqualTo(94_608_000 * SECOND);
    }

    @Test
    void negativeLengthsAreRejected() {
        assertThatThrownBy(() -> new Phases(0, -1, 0)).hasMessageContaining("expected 0 or more");
    }
}
