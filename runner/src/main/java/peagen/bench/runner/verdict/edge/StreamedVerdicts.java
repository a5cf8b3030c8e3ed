package peagen.bench.runner.verdict.edge;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.verdict.domain.Answer;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.StreamBroker;

/** Reads the stream of verdicts from its beginning on, each entry once. Used by one thread, not an event loop's. */
public final class StreamedVerdicts implements VerdictSource {

    private static final int PAGE = 500;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final StreamBroker broker;
    private final String runId;
    private EntryId from = EntryId.MIN;
    private @Nullable Verdict latest;

    /** Looks for run {@code runId}. */
    public StreamedVerdicts(StreamBroker broker, String runId) {
        this.broker = broker;
        this.runId = runId;
    }

    /** The latest revision; answers at once, whatever the patience. */
    @Override
    public Answer ask(Duration patience) throws InterruptedException {
        try {
            List<StreamEntry> page = page();
            while (!page.isEmpty()) {
                page.forEach(this::take);
                from = page.get(page.size() - 1).id().next();
                page = page.size() < PAGE ? List.of() : page();
            }
        } catch (BrokerException away) {
            return new Answer.Failed(String.valueOf(away.getMessage()), Optional.empty());
        }
        return latest == null ? new Answer.NotYet("") : new Answer.Said(latest);
    }

    private List<StreamEntry> page() throws InterruptedException {
        Future<List<StreamEntry>> page = broker.range(StreamNames.VERDICTS, from, EntryId.MAX, PAGE);
        return Blocking.await(page.timeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void take(StreamEntry entry) {
        boolean ours = entry.fields().text("run").filter(runId::equals).isPresent();
        if (ours
                && VerdictJson.decode(entry.fields()) instanceof Decoded.Known<Verdict>(Verdict verdict)
                && (latest == null || verdict.revision() > latest.revision())) {
            latest = verdict;
        }
    }
}
