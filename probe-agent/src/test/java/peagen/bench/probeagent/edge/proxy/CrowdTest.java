package peagen.bench.probeagent.edge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrowdTest {

    /** The clock of nanoseconds may begin anywhere, and run over. */
    private static final long NOW = Long.parseLong("9223372036854775797");

    private final Crowd crowd = new Crowd();

    private void heard(long... connections) {
        for (long connection : connections) {
            crowd.heard(connection, NOW);
        }
    }

    @Test
    void nobodyIsNone() {
        assertThat(crowd.isThere(NOW)).isFalse();
        assertThat(crowd.isThere(0)).isFalse();
    }

    @Test
    void oneWorkerWithTwoConnectionsIsNone() {
        heard(0, 1, 0, 1, 1, 0, 0, 1);

        assertThat(crowd.isThere(NOW)).isFalse();
    }

    @Test
    void threeConnectionsAreOne() {
        heard(0, 1, 0, 2);

        assertThat(crowd.isThere(NOW)).isTrue();
    }

    @Test
    void itIsOverWhenTheThirdWasHeardTooLongAgo() {
        crowd.heard(7, NOW);
        crowd.heard(8, NOW + Crowd.LATELY_NANOS - 1);
        crowd.heard(9, NOW + Crowd.LATELY_NANOS - 1);

        assertThat(crowd.isThere(NOW + Crowd.LATELY_NANOS - 1)).isTrue();
        assertThat(crowd.isThere(NOW + Crowd.LATELY_NANOS)).isFalse();
    }

    @Test
    void whoIsHeardAgainIsTheLatest() {
        heard(7, 8, 9);
        crowd.heard(7, NOW + 1);
        crowd.heard(8, NOW + 2);

        assertThat(crowd.isThere(NOW + Crowd.LATELY_NANOS - 1)).isTrue();
        assertThat(crowd.isThere(NOW + Crowd.LATELY_NANOS))
                .as("9 is not of late")
                .isFalse();
        crowd.heard(9, NOW + 3);
        assertThat(crowd.isThere(NOW + Crowd.LATELY_NANOS)).as("7 still is").isTrue();
    }
}
