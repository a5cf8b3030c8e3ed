package peagen.bench.gatekeeper.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.github.domain.GithubOutbox;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.RunFilter;
import peagen.bench.gatekeeper.history.domain.Stage;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.gatekeeper.history.domain.Transactions;
import peagen.bench.gatekeeper.webhook.domain.Outbox;

/** A chronicle in a database. What is asked of it waits on other threads than the asking one. */
public final class StoredChronicle implements Chronicle {

    private final Vertx vertx;
    private final Transactions transactions;
    private final History history;
    private final Outbox outbox;
    private final Optional<GithubOutbox> github;
    private final BooleanSupplier leading;
    private final Runnable wake;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * A chronicle for whoever leads.
     *
     * @param github tells GitHub of runs that measure a commit; empty where nobody wants that
     * @param leading whether anything may still be said
     * @param wake called when something may be in the outbox; on the context of whoever judges
     */
    public StoredChronicle(
            Vertx vertx,
            Transactions transactions,
            History history,
            Outbox outbox,
            Optional<GithubOutbox> github,
            BooleanSupplier leading,
            Runnable wake) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.history = history;
        this.outbox = outbox;
        this.github = github;
        this.leading = leading;
        this.wake = wake;
    }

    @Override
    public boolean isKept() {
        return true;
    }

    /** Why it could not write or read the last time; empty when it could. Any thread. */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public Future<Void> keep(List<Note> notes) {
        if (notes.isEmpty()) {
            return Future.succeededFuture();
        }
        return asked(() -> transactions.inTransaction(() -> {
                    notes.forEach(this::keep);
                    return true;
                }))
                .mapEmpty();
    }

    private void keep(Note note) {
        switch (note.event()) {
            case RunDeclared declared -> {
                history.declared(declared.envelope().runId(), declared.plan(), note.at());
                begun(declared);
            }
            case RunClosed closed -> history.closed(closed.envelope().runId(), note.at());
            default -> throw new IllegalArgumentException("not of interest: " + note.event());
        }
    }

    private void begun(RunDeclared declared) {
        String runId = declared.envelope().runId();
        github.ifPresent(told -> commit(runId)
                .ifPresent(commit -> told.begun(
                        runId, declared.plan().scenario(), declared.plan().profile(), commit)));
    }

    private Optional<Commit> commit(String runId) {
        return history.run(runId).flatMap(StoredRun::commit);
    }

    @Override
    public Future<List<StoredVerdict>> verdicts(String runId) {
        return asked(() -> history.verdicts(runId));
    }

    @Override
    public Future<Verdict> judged(Verdict verdict, Instant at) {
        return asked(() -> transactions.inTransaction(() -> {
            if (history.judged(verdict, at)) {
                outbox.announce(verdict, before(verdict));
                github.ifPresent(told -> commit(verdict.runId()).ifPresent(commit -> told.judged(verdict, commit)));
                return verdict;
            }
            return history.verdicts(verdict.runId()).stream()
                    .map(StoredVerdict::verdict)
                    .filter(stored -> stored.revision() == verdict.revision())
                    .findFirst()
                    .orElse(verdict);
        }));
    }

    /** How the verdict before came out: the one that this replaces, or else that of the run before of the same kind. */
    private Optional<VerdictState> before(Verdict verdict) {
        if (verdict.supersedes() > 0) {
            return history.verdicts(verdict.runId()).stream()
                    .map(StoredVerdict::verdict)
                    .filter(stored -> stored.revision() == verdict.supersedes())
                    .map(Verdict::state)
                    .findFirst();
        }
        RunFilter alike = new RunFilter(
                Optional.of(verdict.scenario()),
                Optional.of(verdict.environment()),
                Optional.of(verdict.profile()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Stage.JUDGED),
                Optional.empty(),
                Optional.empty(),
                history.run(verdict.runId()).map(StoredRun::created));
        return history.runs(alike, Optional.empty(), 1).items().stream()
                .findFirst()
                .flatMap(StoredRun::state);
    }

    @Override
    public Optional<String> silence() {
        return leading.getAsBoolean() ? Optional.empty() : Optional.of("this gatekeeper does not lead any more");
    }

    @Override
    public void said() {
        wake.run();
    }

    private <T> Future<T> asked(Callable<T> question) {
        return vertx.executeBlocking(question)
                .map(Objects::requireNonNull)
                .onComplete(answer -> trouble = answer.succeeded()
                        ? Optional.empty()
                        : Optional.of(String.valueOf(answer.cause().getMessage())));
    }
}
