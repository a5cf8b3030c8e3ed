package peagen.bench.gatekeeper.webhook.domain;

import java.util.Arrays;
import java.util.Optional;
import peagen.bench.contract.verdict.VerdictState;

/** Which verdicts a subscription is told of. */
public enum Events {
    /** Every verdict. */
    ALL("all"),
    /** Those that came out otherwise than the one before, and the first. */
    CHANGES("changes"),
    /** Every verdict but PASS. */
    NOT_GREEN("not-green");

    private final String label;

    Events(String label) {
        this.label = label;
    }

    /** As it is written in settings. */
    public String label() {
        return label;
    }

    /** The one that is written so. */
    public static Optional<Events> called(String label) {
        return Arrays.stream(values())
                .filter(events -> events.label.equals(label))
                .findFirst();
    }

    /**
     * Whether a verdict is told.
     *
     * @param before how the comparable run before came out: same scenario, environment and profile; empty when there was none
     */
    public boolean wants(VerdictState now, Optional<VerdictState> before) {
        return switch (this) {
            case ALL -> true;
            case CHANGES -> before.isEmpty() || before.get() != now;
            case NOT_GREEN -> now != VerdictState.PASS;
        };
    }
}
