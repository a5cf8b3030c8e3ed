package peagen.bench.gatekeeper.api.edge;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.api.domain.RunShapes;
import peagen.bench.gatekeeper.api.domain.Shape;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.History.JudgedRunRecord;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.TargetChanges;
import peagen.bench.gatekeeper.history.domain.TargetPoint;
import peagen.bench.measurement.regression.Acceptance;
import peagen.bench.measurement.regression.BaselineChoice;
import peagen.bench.measurement.regression.Conditions;

/** What was measured before: the history of a target, and what the next run would be compared with. */
final class HistoryOperations {

    private static final int POINTS = 100;

    /** Longer histories cost time with the square of their length. */
    private static final int LOOKED_AT_FOR_CHANGES = 200;

    /** How far back a baseline is looked for. */
    private static final int LOOKED_AT = 100;

    private static final Instant ALWAYS = Instant.ofEpochSecond(253_402_300_799L);

    private final StoreThreads store;
    private final History history;

    HistoryOperations(StoreThreads store, History history) {
        this.store = store;
        this.history = history;
    }

    Future<Answer> target(Ask ask) {
        int limit = ask.query("limit").map(Integer::parseInt).orElse(POINTS);
        return series(ask, (conditions, target) -> {
            List<TargetPoint> points = history.target(conditions, target, limit);
            return Optional.of(points)
                    .filter(some -> !some.isEmpty())
                    .map(some -> new Shape()
                            .with("points", some.stream().map(RunShapes::point).toList()));
        });
    }

    /** Where the level of a target changed, see {@link TargetChanges}. */
    Future<Answer> changes(Ask ask) {
        int limit = ask.query("limit").map(Integer::parseInt).orElse(LOOKED_AT_FOR_CHANGES);
        return series(ask, (conditions, target) -> {
            List<TargetPoint> points = history.target(conditions, target, limit);
            return Optional.of(points)
                    .filter(some -> !some.isEmpty())
                    .map(some -> new Shape().with("runs", some.size()).with("changes", changes(some)));
        });
    }

    /** What there is of a target, for each of the conditions that are asked for of which there is something. */
    private Future<Answer> series(Ask ask, BiFunction<Conditions, String, Optional<Shape>> of) {
        String target = ask.path("targetId");
        Wanted wanted = Wanted.of(ask);
        return store.call(() -> {
            List<Map<String, Object>> series = history.conditions().stream()
                    .filter(wanted::fits)
                    .flatMap(conditions -> of.apply(conditions, target).stream()
                            .map(found -> found.with("conditions", RunShapes.conditions(conditions))
                                    .map()))
                    .toList();
            return Answer.json(
                    200,
                    new Shape().with("target", target).with("series", series).map());
        });
    }

    private List<Map<String, Object>> changes(List<TargetPoint> points) {
        Map<String, String> sets = new HashMap<>();
        for (TargetPoint point : points) {
            history.run(point.runId())
                    .map(StoredRun::replication)
                    .filter(replication -> !replication.isAlone())
                    .ifPresent(replication -> sets.put(point.runId(), replication.set()));
        }
        return TargetChanges.of(points, run -> sets.getOrDefault(run, run)).stream()
                .map(RunShapes::change)
                .toList();
    }

    Future<Answer> baselines(Ask ask) {
        Wanted wanted = Wanted.of(ask);
        return store.call(() -> {
            List<Map<String, Object>> baselines = history.conditions().stream()
                    .filter(wanted::fits)
                    .map(this::baseline)
                    .toList();
            return Answer.json(200, new Shape().with("baselines", baselines).map());
        });
    }

    /** As {@link BaselineChoice} has it, without the targets: the last green runs back to an acceptance. */
    private Map<String, Object> baseline(Conditions conditions) {
        List<String> runs = new ArrayList<>();
        List<Map<String, Object>> leftOut = new ArrayList<>();
        Optional<Map<String, Object>> accepted = Optional.empty();
        for (JudgedRunRecord judged : history.comparable(conditions, ALWAYS, LOOKED_AT)) {
            String id = judged.run().runId();
            if (judged.verdict().state() == VerdictState.PASS) {
                runs.add(id);
            } else {
                leftOut.add(new Shape()
                        .with("runId", id)
                        .with("state", judged.verdict().state().name())
                        .map());
            }
            Optional<Acceptance> mark = judged.run().acceptance();
            if (mark.isPresent()) {
                Shape shape = new Shape().with("runId", id);
                RunShapes.acceptance(mark.get()).forEach(shape::with);
                accepted = Optional.of(shape.map());
            }
            if (mark.isPresent() || runs.size() == BaselineChoice.LIMIT) {
                break;
            }
        }
        return new Shape()
                .with("conditions", RunShapes.conditions(conditions))
                .with("runs", runs)
                .with("leftOut", leftOut)
                .with("accepted", accepted)
                .map();
    }

    /** Of which conditions; what is empty does not matter. */
    private record Wanted(Optional<String> scenario, Optional<String> environment, Optional<String> profile) {

        static Wanted of(Ask ask) {
            return new Wanted(ask.query("scenario"), ask.query("environment"), ask.query("profile"));
        }

        boolean fits(Conditions conditions) {
            return scenario.map(conditions.scenario()::equals).orElse(true)
                    && environment.map(conditions.environment()::equals).orElse(true)
                    && profile.map(conditions.profile()::equals).orElse(true);
        }
    }
}
