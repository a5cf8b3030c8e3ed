package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;

/**
 * What a gatekeeper writes down of runs, beside what it says on streams. Its futures complete on the context of the caller, and
 * fail with {@link peagen.bench.gatekeeper.history.domain.StoreException} when it cannot be written or read now.
 */
public interface Chronicle {

    /** Writes nothing down. */
    Chronicle NONE = new Chronicle() {
        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public Future<Void> keep(List<Note> notes) {
            return Future.succeededFuture();
        }

        @Override
        public Future<List<StoredVerdict>> verdicts(String runId) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<Verdict> judged(Verdict verdict, Instant at) {
            return Future.succeededFuture(verdict);
        }

        @Override
        public Optional<String> silence() {
            return Optional.empty();
        }

        @Override
        public void said() {}
    };

    /**
     * That a run was declared or closed.
     *
     * @param at when it was written
     */
    record Note(RunEvent event, Instant at) {}

    /** Whether anything is written down at all. */
    boolean isKept();

    /** Writes down what happened to runs; all of it or nothing. */
    Future<Void> keep(List<Note> notes);

    /** What was written down of a run's verdicts, the first revision first. */
    Future<List<StoredVerdict>> verdicts(String runId);

    /**
     * Writes a verdict down and puts it on its way to everybody who wants it, in one transaction.
     *
     * @return the verdict to say: the one that was written down first, if somebody was faster
     */
    Future<Verdict> judged(Verdict verdict, Instant at);

    /** Why nothing must be said now; empty when it may. */
    Optional<String> silence();

    /** Verdicts that were written down stand on the stream now. */
    void said();
}
