package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.streams.StreamBroker;

/** Looks up on the stream of verdicts what was said of a run, by this gatekeeper or one before it. */
final class SaidBefore {

    private static final int PAGE = 100;

    private final StreamBroker broker;

    SaidBefore(StreamBroker broker) {
        this.broker = broker;
    }

    /** What was said of {@code runId}; looks at nothing older than {@code since}. */
    Future<Optional<Said>> of(String runId, EntryId since) {
        return of(runId, since, Optional.empty());
    }

    private Future<Optional<Said>> of(String runId, EntryId from, Optional<Said> before) {
        return broker.range(StreamNames.VERDICTS, from, EntryId.MAX, PAGE).compose(page -> {
            Optional<Said> found =
                    page.stream().flatMap(entry -> said(runId, entry).stream()).reduce(Said::latest);
            Optional<Said> all = before.isPresent() && found.isPresent()
                    ? Optional.of(Said.latest(before.get(), found.get()))
                    : before.or(() -> found);
            return page.size() < PAGE
                    ? Future.succeededFuture(all)
                    : of(runId, last(page).next(), all);
        });
    }

    private static EntryId last(List<StreamEntry> page) {
        return page.get(page.size() - 1).id();
    }

    private static Optional<Said> said(String runId, StreamEntry entry) {
        boolean ours = entry.fields().text("run").filter(runId::equals).isPresent();
        return ours && VerdictJson.decode(entry.fields()) instanceof Decoded.Known<Verdict>(Verdict verdict)
                ? Optional.of(new Said(verdict, entry.id().millis() * 1000))
                : Optional.empty();
    }
}
