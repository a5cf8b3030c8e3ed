package peagen.bench.runner.conformance.edge;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import peagen.bench.runner.conformance.domain.Finding;
import peagen.bench.runner.conformance.domain.LifeRules;
import peagen.bench.runner.conformance.domain.Traffic;
import peagen.bench.runner.conformance.domain.Trail;
import peagen.bench.runner.domain.Ending;
import peagen.bench.runner.edge.WorkerProcess;

/** Waiting for results, and ending. Blocks its one thread. */
final class LifeSteps {

    private static final int OLDER_RESULTS = 40;
    private static final Duration WAITING = Duration.ofMillis(500);
    private static final long IN_HAND_MILLIS = 1000;
    private static final long END_MILLIS = 8000;

    private final Stage stage;
    private final TaskDesk desk;

    LifeSteps(Stage stage) {
        this.stage = stage;
        this.desk = stage.desk();
    }

    /** To be taken in this order. */
    List<Step> all() {
        return List.of(this::resultWait, this::shutdown, this::oneShot);
    }

    /** How tasks were waited for so far. */
    Finding block() {
        return LifeRules.block(stage.watched().heard());
    }

    private List<Finding> resultWait() throws InterruptedException {
        desk.results(Stream.generate(desk::newId).limit(OLDER_RESULTS).toList());
        int before = stage.watched().heard().commands().size();
        String awaited = desk.newId();
        Trail task = desk.wishing(new JsonObject().put("await", awaited));
        task = stage.follow(task, trail -> trail.pending() || trail.answered(), stage.patience());
        stage.pause(WAITING);
        desk.results(List.of(awaited));
        task = stage.follow(task, Trail::answered, stage.patience());
        Traffic heard = stage.watched().heard().since(before);
        return List.of(LifeRules.resultWait(task, heard, stage.spec().streams(), OLDER_RESULTS));
    }

    private List<Finding> shutdown() throws InterruptedException {
        Trail task = desk.wishing(new JsonObject().put("sleep_ms", IN_HAND_MILLIS));
        task = stage.follow(task, trail -> trail.pending() || trail.answered(), stage.patience());
        List<WorkerProcess> asked = stage.crew().ask();
        task = task.and(desk.view());
        boolean caught = task.pending() && !task.answered();
        long deadline = System.nanoTime() + Duration.ofMillis(END_MILLIS).toNanos();
        List<Optional<Ending>> endings = new ArrayList<>();
        for (WorkerProcess worker : asked) {
            worker.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()).toMillis());
            endings.add(worker.ending());
            worker.kill();
        }
        task = task.and(desk.view());
        stage.clear();
        return List.of(LifeRules.shutdown(endings, END_MILLIS), LifeRules.drain(task, caught));
    }

    private List<Finding> oneShot() throws InterruptedException {
        Trail one = desk.plain();
        Trail other = desk.plain();
        WorkerProcess worker = stage.crew().start(1);
        try {
            one = stage.follow(one, trail -> trail.answered() || !worker.isAlive(), Stage.START);
            worker.awaitEnd(stage.patience().toMillis());
            one = one.and(desk.view());
            other = other.and(one.last());
            int answered = (one.answered() ? 1 : 0) + (other.answered() ? 1 : 0);
            return List.of(LifeRules.oneShot(worker.ending(), answered));
        } finally {
            worker.kill();
        }
    }
}
