package peagen.bench.gatekeeper.access.domain;

import java.util.List;

/** Who did what, and who was refused. Only ever appended to. Thread-safe; its methods may take as long as a disk does. */
public interface AuditLog {

    /** Appends {@code entry}. */
    void append(AuditEntry entry);

    /**
     * Entries with a number below {@code before}, the latest first.
     *
     * @param limit how many at most
     */
    List<Numbered> before(long before, int limit);

    /** An entry and its number, which grows from entry to entry. */
    record Numbered(long number, AuditEntry entry) {}
}
