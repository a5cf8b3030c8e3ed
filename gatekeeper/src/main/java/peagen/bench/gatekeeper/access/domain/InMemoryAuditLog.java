package peagen.bench.gatekeeper.access.domain;

import java.util.ArrayList;
import java.util.List;

/** Keeps the audit log as long as the process lives. Thread-safe. */
public final class InMemoryAuditLog implements AuditLog {

    private final List<Numbered> entries = new ArrayList<>();

    @Override
    public synchronized void append(AuditEntry entry) {
        entries.add(new Numbered(entries.size() + 1L, entry));
    }

    @Override
    public synchronized List<Numbered> before(long before, int limit) {
        return entries.reversed().stream()
                .filter(entry -> entry.number() < before)
                .limit(limit)
                .toList();
    }
}
