package peagen.bench.runner.conformance.edge;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.Finding;
import peagen.bench.runner.conformance.domain.OrphanRules;
import peagen.bench.runner.conformance.domain.Trail;

/** Long tasks, killed workers, and tasks that nobody looks after. Blocks its one thread. */
final class OrphanSteps {

    private static final String GONE = "conformance-gone";
    private static final Duration BESIDES = Duration.ofMillis(500);
    private static final long LONG_ENOUGH_TO_KILL_MILLIS = 1500;

    private final Stage stage;
    private final TaskDesk desk;

    OrphanSteps(Stage stage) {
        this.stage = stage;
        this.desk = stage.desk();
    }

    /** To be taken in this order. */
    List<Step> all() {
        return List.of(this::renewal, this::orphans);
    }

    private List<Finding> renewal() throws InterruptedException {
        long idle = stage.spec().idle().toMillis();
        long sleep = idle * 5 / 2;
        Trail task = desk.wishing(new JsonObject().put("sleep_ms", sleep));
        task = stage.follow(task, trail -> trail.pending() || trail.answered(), stage.patience());
        long claimed = System.nanoTime();
        task = stage.follow(task, Trail::answered, stage.patience().plusMillis(sleep));
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - claimed);
        Finding finding = OrphanRules.renewal(task, task.answered() ? Optional.of(tookMillis) : Optional.empty(), idle);
        stage.follow(task, Trail::settled, stage.patience().plusMillis(sleep));
        stage.clear();
        return List.of(finding);
    }

    private List<Finding> orphans() throws InterruptedException {
        Trail killed = desk.wishing(new JsonObject().put("sleep_ms", LONG_ENOUGH_TO_KILL_MILLIS));
        killed = stage.follow(killed, trail -> trail.pending() || trail.answered(), stage.patience());
        stage.crew().kill();
        killed = killed.and(desk.view());
        boolean caught = killed.pending() && !killed.answered();

        Trail orphan = desk.plain();
        List<String> requires = List.of(ConformanceSpec.CAPABILITY);
        Trail spent =
                desk.send(desk.newId(), new JsonObject(), requires, stage.spec().maxRetry(), 1);
        desk.claimAs(GONE, 2);
        orphan = orphan.and(desk.view());

        int before = stage.watched().heard().commands().size();
        stage.crew().keep(2);
        Duration limit = Stage.START.plus(stage.patience());
        orphan = stage.follow(orphan, this::reclaimedOrAsked, limit);
        orphan = stage.follow(orphan, Trail::answered, stage.patience());
        // All of them have been idle for as long: where one does not come back, the others will not.
        Duration more = orphan.answered() ? stage.patience() : BESIDES;
        spent = stage.follow(spent, Trail::over, more);
        killed = stage.follow(killed, Trail::answered, more);
        stage.clear();

        long reclaims = stage.watched().heard().since(before).reclaims();
        Finding reclaim = OrphanRules.reclaim(orphan, reclaims);
        return List.of(reclaim, OrphanRules.deadLetter(spent, reclaim), OrphanRules.kill(killed, caught, reclaims));
    }

    /** The time that a worker needs to start is not held against it, and not waited for when it is known to be there. */
    private boolean reclaimedOrAsked(Trail orphan) {
        return orphan.answered() || orphan.consumers().size() > 1;
    }
}
