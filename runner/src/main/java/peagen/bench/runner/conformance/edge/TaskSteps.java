package peagen.bench.runner.conformance.edge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.Finding;
import peagen.bench.runner.conformance.domain.TaskRules;
import peagen.bench.runner.conformance.domain.Traffic;
import peagen.bench.runner.conformance.domain.Trail;
import peagen.bench.runner.domain.Ending;

/** Single tasks, one after the other. Blocks its one thread. */
final class TaskSteps {

    private static final String OTHER_CAPABILITY = "conformance-other";
    /** How long a task that is to be left alone is watched. */
    private static final Duration LOOKING_ON = Duration.ofMillis(700);

    private final Stage stage;
    private final TaskDesk desk;

    TaskSteps(Stage stage) {
        this.stage = stage;
        this.desk = stage.desk();
    }

    /** What the first plain task shows; when it is not answered, nothing else can be. */
    List<Finding> first() throws InterruptedException {
        Trail plain = desk.plain();
        stage.crew().keep(1);
        plain = stage.follow(plain, trail -> trail.answered() || stage.crew().crashes() > 0, Stage.START);
        if (plain.answered()) {
            // Shorter than the idle time: an XAUTOCLAIM would drop the pending record of a deleted entry.
            Duration soon = stage.spec().idle().dividedBy(2);
            plain = stage.follow(plain, Trail::settled, soon);
        }
        Traffic heard = stage.watched().heard();
        List<Finding> findings = new ArrayList<>();
        findings.add(TaskRules.claim(plain, stage.crew().crashAfter(0)));
        findings.addAll(TaskRules.closing(plain, heard));
        findings.add(TaskRules.order(plain, heard, stage.spec().streams()));
        return findings;
    }

    /** All the others, to be taken in this order. */
    List<Step> others() {
        return List.of(this::payloadKeys, this::capabilities, this::failure, this::poison, this::resultOnce);
    }

    private List<Finding> payloadKeys() throws InterruptedException {
        stage.crew().keep(2);
        JsonObject payload = new JsonObject()
                .put(
                        "x-unknown",
                        new JsonObject().put("deep", new JsonArray().add(1).addNull()))
                .put("größe", "ünknown ✓");
        Trail task = desk.send(desk.newId(), payload, List.of(ConformanceSpec.CAPABILITY), 0, 1);
        return List.of(TaskRules.payloadKeys(stage.follow(task, Trail::answered, stage.patience())));
    }

    private List<Finding> capabilities() throws InterruptedException {
        List<String> requires = List.of(ConformanceSpec.CAPABILITY, OTHER_CAPABILITY);
        Trail foreign = desk.send(desk.newId(), new JsonObject(), requires, 0, 1);
        Trail next = stage.follow(desk.plain(), Trail::answered, stage.patience());
        foreign = stage.follow(foreign, trail -> trail.answered() || trail.dead(), LOOKING_ON);
        // A worker that takes it out before it puts it back must not be caught in between.
        foreign = stage.follow(foreign, trail -> trail.answered() || trail.dead() || !trail.settled(), LOOKING_ON);
        stage.clear();
        return List.of(TaskRules.capabilities(foreign, next));
    }

    private List<Finding> failure() throws InterruptedException {
        Trail task = desk.wishing(new JsonObject().put("fail", true));
        task = stage.follow(task, Trail::over, stage.patience());
        stage.clear();
        return List.of(TaskRules.failure(task));
    }

    private List<Finding> poison() throws InterruptedException {
        int before = stage.crew().crashes();
        Trail entry = desk.poison();
        Trail next = desk.plain();
        entry = stage.follow(entry, Trail::over, stage.patience());
        next = stage.follow(next, Trail::answered, stage.patience());
        Optional<Ending> crash = stage.crew().crashAfter(before);
        stage.clear();
        return List.of(TaskRules.poison(entry, next, crash));
    }

    private List<Finding> resultOnce() throws InterruptedException {
        Trail task = desk.send(desk.newId(), new JsonObject(), List.of(ConformanceSpec.CAPABILITY), 0, 2);
        task = stage.follow(task, trail -> trail.settled() && trail.answered(), stage.patience());
        return List.of(TaskRules.resultOnce(task));
    }
}
