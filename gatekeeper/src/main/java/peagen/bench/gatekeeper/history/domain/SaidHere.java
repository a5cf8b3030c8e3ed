package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.history.domain.History.JudgedRunRecord;
import peagen.bench.measurement.regression.Conditions;

/** What was judged in this process, in memory: enough for the replicates of a set that are made one after the other. Thread-safe. */
public final class SaidHere implements HistoryLookup {

    private final HistoryLookup beside;
    private final Map<String, JudgedRunRecord> runs = new ConcurrentHashMap<>();

    /** Nothing was judged yet; looks into {@code beside} as well. */
    public SaidHere(HistoryLookup beside) {
        this.beside = beside;
    }

    /** A run of this process has its verdict; a later one of the same run replaces it. */
    public void said(RunPlan plan, Verdict verdict) {
        Instant start = Instant.EPOCH.plus(plan.startMicros(), ChronoUnit.MICROS);
        StoredRun run = new StoredRun(
                verdict.runId(),
                start,
                Stage.JUDGED,
                new Conditions(plan.environment(), plan.profile(), plan.scenario(), plan.scheduleHash()),
                plan.seed(),
                plan.replication(),
                Optional.of(start),
                Optional.empty(),
                Optional.empty(),
                Optional.of(verdict.state()),
                verdict.revision(),
                Optional.empty(),
                Optional.empty());
        runs.put(verdict.runId(), new JudgedRunRecord(run, verdict));
    }

    @Override
    public List<JudgedRunRecord> comparable(Conditions conditions, Instant before) {
        Map<String, JudgedRunRecord> found = new ConcurrentHashMap<>();
        runs.values().stream()
                .filter(here -> here.run().conditions().equals(conditions))
                .filter(here -> here.run().start().filter(before::isAfter).isPresent())
                .forEach(here -> found.put(here.run().runId(), here));
        // The store knows of acceptances, and of later revisions.
        beside.comparable(conditions, before)
                .forEach(there -> found.put(there.run().runId(), there));
        return List.copyOf(found.values());
    }
}
