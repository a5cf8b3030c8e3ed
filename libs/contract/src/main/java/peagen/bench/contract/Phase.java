package peagen.bench.contract;

import java.util.Locale;
import java.util.Optional;

/** The part of a run that a task's intended start lies in. Only {@link #STEADY} is judged. */
public enum Phase {
    /** Load is on, caches and compilers settle; observed, not judged. */
    WARM_UP(0, "warm-up"),
    /** The phase that targets are judged on. */
    STEADY(1, "steady"),
    /** Load is still on, so that the end of the steady phase is measured under load; observed, not judged. */
    COOL_DOWN(2, "cool-down");

    private static final Phase[] ALL = values();

    private final int code;
    private final String label;

    Phase(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /** How the phase is written on streams, in files and to people. */
    public String label() {
        return label;
    }

    /** How binary columns carry the phase; never changes. */
    public int code() {
        return code;
    }

    /** The phase written as {@code label}. */
    public static Optional<Phase> parse(String label) {
        for (Phase phase : ALL) {
            if (phase.label.equals(label)) {
                return Optional.of(phase);
            }
        }
        return Optional.empty();
    }

    /** The phase that binary columns carry as {@code code}. */
    public static Optional<Phase> ofCode(long code) {
        return code >= 0 && code < ALL.length ? Optional.of(ALL[(int) code]) : Optional.empty();
    }

    @Override
    public String toString() {
        return label.toLowerCase(Locale.ROOT);
    }
}
