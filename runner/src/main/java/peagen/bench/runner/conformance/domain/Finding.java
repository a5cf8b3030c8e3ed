package peagen.bench.runner.conformance.domain;

import java.util.Optional;

/**
 * How a worker stands to a point.
 *
 * @param seen what was seen, in half a sentence
 * @param defect the name of what is wrong, where it is a known one
 */
public record Finding(Point point, State state, String seen, Optional<Defect> defect) {

    /** Whether a worker conforms. */
    public enum State {
        /** It does. */
        OK("OK"),
        /** It does not. */
        FAIL("FAIL"),
        /** What would show it did not happen. */
        NOT_SEEN("NOT SEEN");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** As a report writes it. */
        public String label() {
            return label;
        }
    }
}
