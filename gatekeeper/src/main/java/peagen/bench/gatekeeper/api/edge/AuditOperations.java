package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import java.util.Map;
import peagen.bench.gatekeeper.access.domain.AuditEntry;
import peagen.bench.gatekeeper.access.domain.AuditLog;
import peagen.bench.gatekeeper.api.domain.Shape;

/** Who did what. */
final class AuditOperations {

    private final StoreThreads store;
    private final AuditLog log;

    AuditOperations(StoreThreads store, AuditLog log) {
        this.store = store;
        this.log = log;
    }

    Future<Answer> list(Ask ask) {
        long before = ask.query("cursor").map(Long::parseLong).orElse(Long.MAX_VALUE);
        int limit = ask.limit();
        return store.call(() -> log.before(before, limit)).map(entries -> {
            Shape shape = new Shape()
                    .with("entries", entries.stream().map(AuditOperations::line).toList());
            if (entries.size() < limit) {
                return Answer.json(200, shape.map());
            }
            long next = entries.get(entries.size() - 1).number();
            return Answer.json(200, shape.with("next", next).map())
                    .with("Link", "</api/v1/audit?limit=%d&cursor=%d>; rel=\"next\"".formatted(limit, next));
        });
    }

    private static Map<String, Object> line(AuditLog.Numbered numbered) {
        AuditEntry entry = numbered.entry();
        return new Shape()
                .with("number", numbered.number())
                .with("at", entry.at().toString())
                .with("who", entry.who())
                .with("address", entry.address())
                .with("action", entry.action())
                .with("subject", entry.subject())
                .with("status", entry.status())
                .with("detail", entry.detail())
                .map();
    }
}
