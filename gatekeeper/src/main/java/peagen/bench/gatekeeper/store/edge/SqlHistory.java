package peagen.bench.gatekeeper.store.edge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.Page;
import peagen.bench.gatekeeper.history.domain.RunFilter;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.gatekeeper.history.domain.TargetPoint;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;

/**
 * Runs and verdicts in two tables. Times are kept to the microsecond. A run that nobody declared counts as begun when it was
 * first heard of. Thread-safe.
 */
final class SqlHistory implements History {

    private static final String JUDGED_UNDER = """
            SELECT r.*, v.json FROM run r JOIN verdict v ON v.run_key = r.run_key AND v.revision = r.revision
            WHERE r.conditions_key = ? AND r.stage = 'JUDGED'
            """;

    private final Sql sql;

    SqlHistory(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean requested(String runId, RunOrder order, Optional<Commit> commit, String by, Instant at) {
        Conditions asked =
                new Conditions(order.environment().orElse(""), order.profile().orElse(""), order.scenario(), "");
        return sql.write("keep run " + runId, session -> {
            boolean fresh = RunRows.add(session, runId, "REQUESTED", asked, order.seed(), order.replication(), at);
            if (fresh) {
                session.update(
                        "UPDATE run SET requested_by = ?, repository = ?, sha = ?, ref = ? WHERE run_key = ?",
                        by,
                        commit.map(Commit::repository),
                        commit.map(Commit::sha),
                        commit.flatMap(Commit::ref),
                        RunRows.key(runId));
            }
            return fresh;
        });
    }

    @Override
    public void declared(String runId, RunPlan plan, Instant at) {
        Conditions conditions =
                new Conditions(plan.environment(), plan.profile(), plan.scenario(), plan.scheduleHash());
        Instant start = Instant.EPOCH.plus(plan.startMicros(), ChronoUnit.MICROS);
        sql.write("keep run " + runId, session -> {
            RunRows.add(session, runId, "RUNNING", conditions, plan.seed(), plan.replication(), at);
            return session.update(
                    """
                    UPDATE run SET stage = CASE WHEN stage = 'REQUESTED' THEN 'RUNNING' ELSE stage END,
                        conditions_key = ?, environment = ?, profile = ?, scenario = ?, schedule_hash = ?, seed = ?,
                        replicate_set = ?, replicate_number = ?, replicate_of = ?, start_us = ?, began_us = ?
                    WHERE run_key = ? AND start_us IS NULL
                    """,
                    RunRows.key(conditions),
                    conditions.environment(),
                    conditions.profile(),
                    conditions.scenario(),
                    conditions.scheduleHash(),
                    plan.seed(),
                    plan.replication().set(),
                    plan.replication().number(),
                    plan.replication().of(),
                    start,
                    start,
                    RunRows.key(runId));
        });
    }

    @Override
    public void closed(String runId, Instant at) {
        Conditions unknown = new Conditions("", "", "", "");
        sql.write("keep run " + runId, session -> {
            RunRows.add(session, runId, "CLOSED", unknown, 0, Replication.ALONE, at);
            return session.update(
                    "UPDATE run SET stage = 'CLOSED' WHERE run_key = ? AND stage IN ('REQUESTED', 'RUNNING')",
                    RunRows.key(runId));
        });
    }

    @Override
    public boolean judged(Verdict verdict, Instant at) {
        String runId = verdict.runId();
        Conditions conditions =
                new Conditions(verdict.environment(), verdict.profile(), verdict.scenario(), verdict.scheduleHash());
        return sql.write("keep the verdict of run " + runId, session -> {
            RunRows.add(session, runId, "JUDGED", conditions, verdict.seed(), Replication.ALONE, at);
            String key = RunRows.key(runId);
            int added = session.update(
                    "INSERT INTO verdict (run_key, revision, said_us, json) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (run_key, revision) DO NOTHING",
                    key,
                    verdict.revision(),
                    at,
                    RunRows.json(verdict));
            session.update(
                    "UPDATE run SET stage = 'JUDGED', state = ?, revision = ?, judged_us = ?"
                            + " WHERE run_key = ? AND revision < ?",
                    verdict.state().name(),
                    verdict.revision(),
                    at,
                    key,
                    verdict.revision());
            // Nobody has declared it, so that the verdict alone knows what it is of.
            session.update(
                    "UPDATE run SET conditions_key = ?, environment = ?, profile = ?, scenario = ?, schedule_hash = ?"
                            + " WHERE run_key = ? AND start_us IS NULL",
                    RunRows.key(conditions),
                    conditions.environment(),
                    conditions.profile(),
                    conditions.scenario(),
                    conditions.scheduleHash(),
                    key);
            return added == 1;
        });
    }

    @Override
    public Optional<StoredRun> run(String runId) {
        return sql.read(
                "read run " + runId,
                session -> session.first("SELECT * FROM run WHERE run_key = ?", RunRows::run, RunRows.key(runId)));
    }

    @Override
    public Page<StoredRun> runs(RunFilter filter, Optional<String> cursor, int limit) {
        RunQuery query = RunQuery.of(filter, cursor, limit);
        List<StoredRun> found =
                sql.read("read runs", session -> session.list(query.sql(), RunRows::run, query.values()));
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<StoredRun> page = found.subList(0, limit);
        return new Page<>(page, Optional.of(RunQuery.cursorAfter(page.get(limit - 1))));
    }

    @Override
    public List<StoredVerdict> verdicts(String runId) {
        return sql.read(
                "read the verdicts of run " + runId,
                session -> session.list(
                        "SELECT said_us, json FROM verdict WHERE run_key = ? ORDER BY revision",
                        RunRows::verdict,
                        RunRows.key(runId)));
    }

    @Override
    public Optional<StoredVerdict> latestVerdict(String runId) {
        return sql.read(
                "read the verdict of run " + runId,
                session -> session.first(
                        "SELECT said_us, json FROM verdict WHERE run_key = ? ORDER BY revision DESC LIMIT 1",
                        RunRows::verdict,
                        RunRows.key(runId)));
    }

    @Override
    public List<TargetPoint> target(Conditions conditions, String targetId, int limit) {
        String named = JUDGED_UNDER + " AND v.json LIKE ? ESCAPE '\\' ORDER BY r.began_us DESC, r.run_key LIMIT ?";
        List<TargetPoint> points = new ArrayList<>();
        sql.read(
                        "read the history of target " + targetId,
                        session -> session.list(
                                named,
                                row -> {
                                    Verdict verdict = RunRows.verdictOf(row);
                                    Instant began = row.instant("began_us");
                                    return verdict.targets().stream()
                                            .filter(target -> target.id().equals(targetId))
                                            .map(target ->
                                                    new TargetPoint(verdict.runId(), began, verdict.state(), target))
                                            .toList();
                                },
                                RunRows.key(conditions),
                                RunRows.holdsTarget(targetId),
                                limit))
                .forEach(points::addAll);
        return points;
    }

    @Override
    public List<Conditions> conditions() {
        return sql.read(
                "read the conditions of runs",
                session -> session.list(
                        "SELECT DISTINCT scenario, environment, profile, schedule_hash FROM run"
                                + " WHERE stage = 'JUDGED' ORDER BY scenario, environment, profile, schedule_hash",
                        RunRows::conditions));
    }

    @Override
    public List<JudgedRunRecord> comparable(Conditions conditions, Instant before, int limit) {
        return sql.read(
                "read comparable runs",
                session -> session.list(
                        JUDGED_UNDER + " AND r.began_us < ? ORDER BY r.began_us DESC, r.run_key LIMIT ?",
                        row -> new JudgedRunRecord(RunRows.run(row), RunRows.verdictOf(row)),
                        RunRows.key(conditions),
                        before,
                        limit));
    }

    @Override
    public boolean accept(String runId, Acceptance acceptance) {
        return sql.write(
                        "accept run " + runId,
                        session -> session.update(
                                "UPDATE run SET accepted_by = ?, accepted_us = ?, accepted_why = ?"
                                        + " WHERE run_key = ? AND stage = 'JUDGED'",
                                acceptance.who(),
                                acceptance.when(),
                                acceptance.why(),
                                RunRows.key(runId)))
                == 1;
    }

    @Override
    public int forget(Instant before, int keep) {
        return sql.write("forget old runs", session -> session.update("""
                DELETE FROM run WHERE run_key IN (
                    SELECT run_key FROM (
                        SELECT run_key, created_us, stage, ROW_NUMBER() OVER (
                            PARTITION BY conditions_key, stage ORDER BY began_us DESC, run_key) AS place FROM run) AS ranked
                    WHERE created_us < ? AND (stage <> 'JUDGED' OR place > ?))
                """, before, keep));
    }
}
