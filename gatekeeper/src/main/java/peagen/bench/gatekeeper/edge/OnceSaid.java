package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Blob;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.Commit;

/**
 * Puts a revision of a run's verdict on the stream once, whoever else tries: a gatekeeper that was stopped and goes on may still
 * hold one that another has said in its place. A key beside the stream says that it was said, written in one transaction with it.
 */
final class OnceSaid {

    /** Longer than any gatekeeper is stopped and goes on. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final StreamBroker broker;

    /** It stands on the stream already. */
    private static final class AlreadySaid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private AlreadySaid() {
            super("already said", null, false, false);
        }
    }

    OnceSaid(StreamBroker broker) {
        this.broker = broker;
    }

    /** Completes when it stands on the stream; answers whether this call has put it there. */
    Future<Boolean> say(Verdict verdict) {
        String key = key(verdict);
        Commit commit = new Commit(
                List.of(new Commit.Append(StreamNames.VERDICTS, VerdictJson.entry(verdict))),
                List.of(),
                List.of(new Commit.Put(key, new Blob("1".getBytes(StandardCharsets.US_ASCII)), REMEMBERED)));
        return broker.commitIfUnchanged(List.of(key), values -> {
                    if (values.get(0).isPresent()) {
                        throw new AlreadySaid();
                    }
                    return commit;
                })
                .compose(done -> done ? Future.succeededFuture(true) : say(verdict))
                .recover(cause ->
                        cause instanceof AlreadySaid ? Future.succeededFuture(false) : Future.failedFuture(cause));
    }

    /** In the stream's own slot of a cluster. */
    private static String key(Verdict verdict) {
        return "{%s}:said:%d:%s".formatted(StreamNames.VERDICTS, verdict.revision(), verdict.runId());
    }
}
