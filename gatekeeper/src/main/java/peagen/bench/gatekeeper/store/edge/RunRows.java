package peagen.bench.gatekeeper.store.edge;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.history.domain.Stage;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;

/** How runs and verdicts lie in rows. Stateless. */
final class RunRows {

    private static final int LONGEST_KEY = 200;

    private RunRows() {}

    /** Adds a run that is not there yet; answers whether it was not. */
    static boolean add(
            Session session,
            String runId,
            String stage,
            Conditions conditions,
            long seed,
            Replication replication,
            Instant at)
            throws SQLException {
        return session.update(
                        """
                INSERT INTO run (run_key, run_id, created_us, began_us, stage, conditions_key, environment, profile,
                    scenario, schedule_hash, seed, replicate_set, replicate_number, replicate_of, revision)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (run_key) DO NOTHING
                """,
                        key(runId),
                        runId,
                        at,
                        at,
                        stage,
                        key(conditions),
                        conditions.environment(),
                        conditions.profile(),
                        conditions.scenario(),
                        conditions.scheduleHash(),
                        seed,
                        replication.set(),
                        replication.number(),
                        replication.of())
                == 1;
    }

    /** What a run is found by: its id, or a digest of one that no index would take. Anybody can call a run anything. */
    static String key(String runId) {
        String storable = Session.storable(runId);
        return storable.length() <= LONGEST_KEY ? storable : "sha256:" + Digests.sha256(runId);
    }

    /** What runs are found by that may be compared. */
    static String key(Conditions conditions) {
        return Digests.sha256(
                conditions.environment(), conditions.profile(), conditions.scenario(), conditions.scheduleHash());
    }

    static StoredRun run(Row row) throws SQLException {
        Optional<Commit> commit = Optional.empty();
        if (row.optionalText("sha").isPresent()) {
            commit = Optional.of(new Commit(row.text("repository"), row.text("sha"), row.optionalText("ref")));
        }
        Optional<Acceptance> acceptance = Optional.empty();
        if (row.optionalText("accepted_by").isPresent()) {
            acceptance = Optional.of(
                    new Acceptance(row.text("accepted_by"), row.instant("accepted_us"), row.text("accepted_why")));
        }
        return new StoredRun(
                row.text("run_id"),
                row.instant("created_us"),
                Stage.valueOf(row.text("stage")),
                conditions(row),
                row.number("seed"),
                new Replication(row.text("replicate_set"), row.count("replicate_number"), row.count("replicate_of")),
                row.optionalInstant("start_us"),
                commit,
                row.optionalText("requested_by"),
                row.optionalText("state").map(VerdictState::valueOf),
                row.count("revision"),
                row.optionalInstant("judged_us"),
                acceptance);
    }

    static Conditions conditions(Row row) throws SQLException {
        return new Conditions(
                row.text("environment"), row.text("profile"), row.text("scenario"), row.text("schedule_hash"));
    }

    static StoredVerdict verdict(Row row) throws SQLException {
        return new StoredVerdict(verdictOf(row), row.instant("said_us"));
    }

    static Verdict verdictOf(Row row) throws SQLException {
        return switch (VerdictJson.read(row.text("json").getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Known<Verdict>(Verdict verdict) -> verdict;
            case Decoded<Verdict> unreadable -> throw new SQLException(unreadable.problem());
        };
    }

    static String json(Verdict verdict) {
        return VerdictJson.entry(verdict).text("verdict").orElseThrow();
    }

    /** A pattern that the JSON of every verdict with that target matches; not only that. */
    static String holdsTarget(String targetId) {
        StringBuilder pattern = new StringBuilder("%\"id\":\"");
        targetId.codePoints().forEach(point -> {
            boolean plain = Character.isLetterOrDigit(point) || point == '-';
            pattern.appendCodePoint(plain ? point : '%');
        });
        return pattern.append("\"%").toString();
    }
}
