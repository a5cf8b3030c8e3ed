package peagen.bench.gatekeeper.access.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; each includes the ones before it. */
public enum Scope {
    /** Look at everything but the audit log. */
    READ,
    /** Ask for runs and stop them. */
    RUN,
    /** Say who is told, what is a baseline, and read who did what. */
    ADMIN;

    /** As it is written in files, answers and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so. */
    public static Optional<Scope> called(String label) {
        return Arrays.stream(values())
                .filter(scope -> scope.label().equals(label))
                .findFirst();
    }

    /** Whether who has this one may do what {@code needed} allows. */
    public boolean includes(Scope needed) {
        return compareTo(needed) >= 0;
    }
}
