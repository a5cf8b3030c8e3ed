package peagen.bench.gatekeeper.api.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import peagen.bench.contract.event.Replication;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.history.domain.Stage;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.TargetChange;
import peagen.bench.gatekeeper.history.domain.TargetPoint;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.Conditions;

/** How runs and what hangs on them are written. Stateless. */
public final class RunShapes {

    private RunShapes() {}

    /** A run. */
    public static Map<String, Object> run(StoredRun run) {
        Shape shape = new Shape()
                .with("id", run.runId())
                .with("stage", stage(run.stage()))
                .with("created", run.created().toString());
        conditions(run.conditions()).forEach(shape::with);
        return shape.with("seed", run.seed())
                .with(
                        "replicate",
                        Optional.of(run.replication())
                                .filter(which -> !which.isAlone())
                                .map(RunShapes::replicate))
                .with("start", run.start().map(Object::toString))
                .with("commit", run.commit().map(RunShapes::commit))
                .with("requestedBy", run.requestedBy())
                .with("state", run.state().map(Enum::name))
                .with("revision", run.revision())
                .with("judged", run.judged().map(Object::toString))
                .with("accepted", run.acceptance().map(RunShapes::acceptance))
                .map();
    }

    /** What a run is of. */
    public static Map<String, Object> conditions(Conditions conditions) {
        return new Shape()
                .with("scenario", conditions.scenario())
                .with("environment", conditions.environment())
                .with("profile", conditions.profile())
                .with("scheduleHash", conditions.scheduleHash())
                .map();
    }

    /** A point of a target's history. */
    public static Map<String, Object> point(TargetPoint point) {
        return new Shape()
                .with("runId", point.runId())
                .with("start", point.start().toString())
                .with("runState", point.state().name())
                .with("state", point.target().state().name())
                .with("observed", Optional.ofNullable(point.target().observed()))
                .with("limit", point.target().limit())
                .with("comparator", point.target().comparator())
                .with("unit", point.target().unit())
                .with("samples", point.target().samples())
                .map();
    }

    /** Where the level of a target changed. */
    public static Map<String, Object> change(TargetChange change) {
        return new Shape()
                .with("runId", change.runId())
                .with("start", change.start().toString())
                .with("before", change.before())
                .with("after", change.after())
                .with("unit", change.unit())
                .with("better", change.better())
                .with("pValue", change.pValue())
                .map();
    }

    /** Somebody's acceptance. */
    public static Map<String, Object> acceptance(Acceptance acceptance) {
        return new Shape()
                .with("who", acceptance.who())
                .with("when", acceptance.when().toString())
                .with("why", acceptance.why())
                .map();
    }

    /** {@code requested}. */
    public static String stage(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    /** Runs whose list is a value of {@code key}. */
    public static Map<String, Object> runs(List<StoredRun> runs, Optional<String> next) {
        return new Shape()
                .with("runs", runs.stream().map(RunShapes::run).toList())
                .with("next", next)
                .map();
    }

    private static Map<String, Object> replicate(Replication which) {
        return new Shape()
                .with("set", which.set())
                .with("number", which.number())
                .with("of", which.of())
                .map();
    }

    private static Map<String, Object> commit(Commit commit) {
        return new Shape()
                .with("repository", commit.repository())
                .with("sha", commit.sha())
                .with("ref", commit.ref())
                .map();
    }
}
