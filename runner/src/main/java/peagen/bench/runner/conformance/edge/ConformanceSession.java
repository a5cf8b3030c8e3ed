package peagen.bench.runner.conformance.edge;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.runner.conformance.domain.ConformanceReport;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.Finding;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.edge.FarmException;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;

/**
 * One check from an empty farm to a report: starts workers, gives them tasks, kills and stops them, and takes everything away
 * again, whatever happened. Used by one thread, which it blocks.
 */
public final class ConformanceSession {

    private static final int ENOUGH_TO_REFUSE = 1000;

    private final Vertx vertx;
    private final BrokerSource source;
    private final Watched.Opener opener;
    private final ConformanceSpec spec;
    private final Consumer<String> say;

    /**
     * A session on {@code source}.
     *
     * @param say gets a line about what goes on
     */
    public ConformanceSession(
            Vertx vertx, BrokerSource source, Watched.Opener opener, ConformanceSpec spec, Consumer<String> say) {
        this.vertx = vertx;
        this.source = source;
        this.opener = opener;
        this.spec = spec;
        this.say = say;
    }

    /**
     * Makes the check.
     *
     * @throws RuntimeException with one line for the user when it cannot be made
     * @throws InterruptedException when it was broken off; no worker is left then
     */
    public ConformanceReport run() throws InterruptedException {
        RedisAddress redis = source.redisAddress()
                .orElseThrow(() -> new BadInput("--redis stub://: workers need a Redis to talk to"));
        StreamBroker broker = Blocking.await(source.connect());
        seeThatTheFarmIsIdle(broker, redis);
        Watched watched = Blocking.await(opener.open(vertx, source, redis));
        TaskDesk desk = TaskDesk.open(broker, spec.streams());
        Crew crew = new Crew(spec, queueUrl(watched.address()));
        try {
            return checked(new Stage(vertx, spec, desk, crew, watched));
        } finally {
            crew.abandon();
            Blocking.await(watched.close().otherwiseEmpty());
            desk.takeAwayAll();
        }
    }

    /** With the database that workers often want to see spelled out. */
    private static String queueUrl(RedisAddress address) {
        return address.reveal() + (address.database() == 0 ? "/0" : "");
    }

    private ConformanceReport checked(Stage stage) throws InterruptedException {
        TaskSteps tasks = new TaskSteps(stage);
        LifeSteps life = new LifeSteps(stage);
        say.accept("a first task");
        List<Finding> findings = new ArrayList<>(tasks.first());
        String missing = "workers crash again and again";
        if (findings.get(0).state() == Finding.State.FAIL) {
            missing = "the first task was not answered 'ok'";
        } else {
            take("tasks of every kind", tasks.others(), stage, findings);
            take("long tasks, killed workers, orphans", new OrphanSteps(stage).all(), stage, findings);
            take("waiting for results, ending", life.all(), stage, findings);
        }
        findings.add(life.block());
        return ConformanceReport.of(findings, missing, spec.without());
    }

    private void take(String what, List<Step> steps, Stage stage, List<Finding> findings) throws InterruptedException {
        say.accept(what);
        for (Step step : steps) {
            if (!stage.crew().isGivenUp()) {
                findings.addAll(step.take());
            }
        }
    }

    /** Workers would take tasks that are there already, and tasks of ours would be among those of the farm. */
    private void seeThatTheFarmIsIdle(StreamBroker broker, RedisAddress redis) throws InterruptedException {
        StreamNames streams = spec.streams();
        for (String stream : List.of(streams.tasks(), streams.results(), streams.deadLetters())) {
            long there = Blocking.await(broker.length(stream));
            if (there > 0 && !spec.force()) {
                throw new FarmException(("stream %s on %s already holds %d entries: name an empty Redis or database,"
                                + " or leave them where they are with --force")
                        .formatted(stream, redis, there));
            }
        }
        StreamBroker.GroupInfo group = Blocking.await(broker.groupInfo(streams.tasks(), streams.group()));
        // Counted, because Redis' own lag is off once entries were deleted that nobody had been given.
        int undelivered = Blocking.await(
                        broker.range(streams.tasks(), group.lastDelivered().next(), EntryId.MAX, ENOUGH_TO_REFUSE))
                .size();
        if (group.pending() > 0 || undelivered > 0) {
            throw new FarmException("group %s of stream %s on %s has %d tasks to do: let its farm finish them first"
                    .formatted(streams.group(), streams.tasks(), redis, group.pending() + undelivered));
        }
        boolean used = group.consumers() > 0 || !group.lastDelivered().equals(EntryId.MIN);
        if (used && !spec.force()) {
            throw new FarmException(("a farm has used stream %s on %s: name an empty Redis or database, or see that no"
                            + " worker of it is alive and give --force")
                    .formatted(streams.tasks(), redis));
        }
    }
}
