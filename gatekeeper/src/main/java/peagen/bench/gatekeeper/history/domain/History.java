package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;

/**
 * Runs and their verdicts. What is written twice is there once, so that reading the streams again changes nothing. Thread-safe,
 * and safe for several processes; its methods take as long as a disk or a network does, and throw {@link StoreException} when the
 * store does not take or give what it should.
 */
public interface History {

    /** A run that somebody asks for over the API; answers false, and changes nothing, when there is one of that name. */
    boolean requested(String runId, RunOrder order, Optional<Commit> commit, String by, Instant at);

    /** A run was declared. The first declaration stays; what was requested gets its plan and keeps its commit. */
    void declared(String runId, RunPlan plan, Instant at);

    /** A run's load is over. */
    void closed(String runId, Instant at);

    /** Appends a verdict; answers false, and changes nothing, when the run has that revision already. */
    boolean judged(Verdict verdict, Instant at);

    /** The run with {@code runId}. */
    Optional<StoredRun> run(String runId);

    /**
     * Runs, the latest {@link StoredRun#created()} first, those of one instant by id.
     *
     * @param cursor a page's {@link Page#next()}
     * @param limit how many at most, 1 to 1 000
     * @throws IllegalArgumentException when {@code cursor} is none
     */
    Page<StoredRun> runs(RunFilter filter, Optional<String> cursor, int limit);

    /** All verdicts of a run, the first revision first. */
    List<StoredVerdict> verdicts(String runId);

    /** The latest verdict of a run. */
    Optional<StoredVerdict> latestVerdict(String runId);

    /** How a target came out in judged runs under {@code conditions}, by latest revision, the latest start first. */
    List<TargetPoint> target(Conditions conditions, String targetId, int limit);

    /** The conditions of all judged runs, by scenario, environment, profile and hash. */
    List<Conditions> conditions();

    /** Judged runs under {@code conditions} that started before {@code before}, the latest first, with their latest verdicts. */
    List<JudgedRunRecord> comparable(Conditions conditions, Instant before, int limit);

    /** Marks a judged run as the first of a new baseline; answers false when there is no such run. The last word counts. */
    boolean accept(String runId, Acceptance acceptance);

    /**
     * Forgets runs that were created before {@code before}, with their verdicts. The latest {@code keep} judged runs of each
     * conditions stay, because others are compared with them.
     *
     * @return how many
     */
    int forget(Instant before, int keep);

    /** A judged run with its latest verdict. */
    record JudgedRunRecord(StoredRun run, Verdict verdict) {}
}
