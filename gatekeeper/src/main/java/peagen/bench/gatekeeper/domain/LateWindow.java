package peagen.bench.gatekeeper.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.verdict.Verdict;

/**
 * The runs that were judged a short while ago. Of more than {@value #MOST} the oldest are let go early: each holds its
 * histograms. Not thread-safe.
 */
final class LateWindow {

    /** The most runs that are kept. */
    static final int MOST = 16;

    private final Patience patience;
    private final Map<String, JudgedRun> runs = new LinkedHashMap<>();

    LateWindow(Patience patience) {
        this.patience = patience;
    }

    boolean isOpen() {
        return patience.lateMicros() > 0;
    }

    void enter(RipeRun run) {
        runs.put(run.runId(), new JudgedRun(run));
    }

    /** The run when it still takes an entry at {@code id}. */
    Optional<JudgedRun> taking(String runId, EntryId id) {
        return Optional.ofNullable(runs.get(runId)).filter(run -> run.takes(id.millis() * 1000, patience));
    }

    void said(String runId, Verdict verdict, long atMicros) {
        Optional.ofNullable(runs.get(runId)).ifPresent(run -> run.said(verdict, atMicros));
    }

    void found(String runId, Verdict verdict, long atMicros, long nowMicros) {
        Optional.ofNullable(runs.get(runId)).ifPresent(run -> run.found(verdict, atMicros, nowMicros));
    }

    boolean awaitsJudgement() {
        return runs.values().stream().anyMatch(JudgedRun::awaitsJudgement);
    }

    int size() {
        return runs.size();
    }

    List<LateJudgement> due(long nowMicros, boolean quiet) {
        return runs.values().stream()
                .flatMap(run -> run.due(nowMicros, quiet, patience).stream())
                .toList();
    }

    /** Takes out the runs whose time is over, and the oldest of too many; answers the late events that were not judged by run. */
    Map<String, Long> leave(long nowMicros) {
        Map<String, Long> left = new LinkedHashMap<>();
        int tooMany = runs.size() - MOST;
        for (Map.Entry<String, JudgedRun> run : new ArrayList<>(runs.entrySet())) {
            boolean early = tooMany > 0 && run.getValue().isSaid();
            if (early || run.getValue().isOver(nowMicros, patience)) {
                runs.remove(run.getKey());
                left.put(run.getKey(), run.getValue().lateEvents());
                tooMany--;
            }
        }
        return left;
    }
}
