package peagen.bench.gatekeeper.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * A run that was judged, or is being judged, and takes what comes late. That is kept apart until the run is judged anew, because
 * whoever judges reads the aggregate on another thread. Not thread-safe.
 */
final class JudgedRun {

    private final RipeRun run;
    private RunAggregate late = new RunAggregate();
    private long lateEvents;
    private long firstLateMicros;
    private long lastLateMicros;
    private boolean unsure;
    private @Nullable Verdict said;
    private long saidMicros;

    JudgedRun(RipeRun run) {
        this.run = run;
    }

    /** It has its first or a further verdict. */
    void said(Verdict verdict, long atMicros) {
        saidMicros = said == null ? atMicros : saidMicros;
        said = verdict;
    }

    /** It was found to have had its verdict before this gatekeeper started: some of what is in the run may have come later. */
    void found(Verdict verdict, long atMicros, long nowMicros) {
        said(verdict, atMicros);
        heard(nowMicros);
        unsure = true;
    }

    private void heard(long nowMicros) {
        firstLateMicros = awaitsJudgement() ? firstLateMicros : nowMicros;
        lastLateMicros = nowMicros;
    }

    void add(RunAggregate part, long nowMicros) {
        heard(nowMicros);
        late.merge(part);
        lateEvents += Math.max(1, part.entries() + part.malformed());
    }

    /** Whether an entry that was written at {@code micros} still comes in time. */
    boolean takes(long micros, Patience patience) {
        return said == null || micros <= saidMicros + patience.lateMicros();
    }

    /** Whether it has a verdict, so that it can be let go. */
    boolean isSaid() {
        return said != null;
    }

    long lateEvents() {
        return lateEvents;
    }

    /** Whether there is more in it than its verdict knows, as far as anybody can tell. */
    boolean awaitsJudgement() {
        return lateEvents > 0 || unsure;
    }

    boolean isOver(long nowMicros, Patience patience) {
        return said != null && !awaitsJudgement() && nowMicros > saidMicros + patience.lateMicros();
    }

    /** The run with what came late, when nothing more seems to be on its way or it was waited long enough. */
    Optional<LateJudgement> due(long nowMicros, boolean quiet, Patience patience) {
        boolean settled = quiet && nowMicros - lastLateMicros >= patience.settleMicros();
        boolean waited = nowMicros - firstLateMicros >= patience.atMostMicros();
        if (said == null || !awaitsJudgement() || (!settled && !waited)) {
            return Optional.empty();
        }
        run.aggregate().merge(late);
        LateJudgement due = new LateJudgement(run, said, lateEvents, unsure);
        late = new RunAggregate();
        lateEvents = 0;
        unsure = false;
        return Optional.of(due);
    }
}
