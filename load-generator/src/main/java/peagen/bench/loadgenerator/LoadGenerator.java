package peagen.bench.loadgenerator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.loadgenerator.domain.Backlog;
import peagen.bench.loadgenerator.domain.EnqueuedLog;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.loadgenerator.edge.Closing;
import peagen.bench.loadgenerator.edge.Feed;
import peagen.bench.loadgenerator.edge.Sender;
import peagen.bench.loadgenerator.edge.StopRequests;
import peagen.bench.loadgenerator.edge.TaskStreamLease;
import peagen.bench.loadgenerator.edge.TaskStreamTaken;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.clock.ServerClock;
import peagen.bench.streams.outbox.Outbox;
import peagen.bench.streams.outbox.Producer;

/**
 * Makes one run: declares it, sends its tasks, waits for the farm to finish, reports what it did not finish, and closes it.
 * Whatever goes wrong after the declaration, the run is closed with an outcome and a reason as long as Redis takes one.
 *
 * <p>Works on the context that makes it and on a thread of its own, which does the pacing.
 */
public final class LoadGenerator {

    private static final Logger LOG = LoggerFactory.getLogger(LoadGenerator.class);
    private static final long LEAD_MICROS = 300_000;
    private static final Duration FLUSH_EVERY = Duration.ofMillis(100);
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(20);
    private static final Duration DRAIN_WHEN_STOPPED = Duration.ofSeconds(2);
    private static final Duration BACKLOG_LOOK = Duration.ofMillis(20);
    private static final int OUTBOX_ENTRIES = 65_536;

    private final Vertx vertx;
    private final Context context;
    private final StreamBroker broker;
    private final Producer producer;
    private final ServerClock clock;
    private final RunRequest request;
    private final Scenario scenario;
    private final StreamNames streams;
    private final Outbox events;
    private final EnqueuedLog log;
    private final Closing closing;
    private final TaskStreamLease lease;
    private final AtomicReference<@Nullable String> interruption = new AtomicReference<>();

    /** How sending ended. */
    private record Ending(Outcome outcome, String reason, long enqueued) {}

    /** A generator for {@code request}; {@code clock} is the server's, for the pacing. */
    public LoadGenerator(Vertx vertx, StreamBroker broker, Producer producer, ServerClock clock, RunRequest request) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.broker = broker;
        this.producer = producer;
        this.clock = clock;
        this.request = request;
        this.scenario = request.scenario();
        this.streams = request.streams();
        this.events = new Outbox(vertx, broker, streams.events(), OUTBOX_ENTRIES);
        this.log = new EnqueuedLog(
                scenario.kindNames(),
                () -> producer.envelope(request.runId()),
                batch -> events.offer(TaskEvents.encode(batch)));
        this.closing = new Closing(vertx, broker, streams, request.runId());
        this.lease = new TaskStreamLease(vertx, broker, streams, producer.name(), request.runId());
    }

    /**
     * Makes the run, once; completes when it is closed, fails when Redis does not even take that, when the scenario has more tasks
     * than a run may have, or, with {@link TaskStreamTaken}, while another makes a run on the task stream. One that may have been
     * killed in the middle of its run is waited for, see {@link TaskStreamLease#take}. From any thread.
     */
    public Future<RunClosed> run() {
        return run(lease::take);
    }

    /** As {@link #run}, and waits for nobody. */
    Future<RunClosed> runUnlessTaken() {
        return run(lease::tryTake);
    }

    private Future<RunClosed> run(Supplier<Future<Void>> taking) {
        Promise<RunClosed> over = Promise.promise();
        context.runOnContext(
                ignored -> Future.succeededFuture().compose(now -> make(taking)).onComplete(over));
        return over.future();
    }

    private Future<RunClosed> make(Supplier<Future<Void>> taking) {
        Schedule schedule = scenario.schedule(request.seed());
        return broker.createGroup(streams.tasks(), streams.group(), EntryId.MIN)
                .compose(ignored -> vertx.executeBlocking(() -> goThrough(schedule)))
                .compose(ignored -> taking.get())
                .compose(taken -> {
                    lease.keep(this::interrupt);
                    return sent(schedule).eventually(lease::release);
                });
    }

    private Future<RunClosed> sent(Schedule schedule) {
        return declare(schedule).compose(declared -> {
            StopRequests requests =
                    StopRequests.listen(vertx, broker, request.runId(), declared.heardFrom(), this::interrupt);
            return send(schedule, declared.plan()).compose(this::close).eventually(requests::stop);
        });
    }

    /** A long schedule takes a while to go through; afterwards it knows its hash and its length. */
    private boolean goThrough(Schedule schedule) {
        LOG.atDebug()
                .addKeyValue("runId", request.runId())
                .addKeyValue("scheduleHash", schedule.hash())
                .addKeyValue("tasks", schedule.totalTasks())
                .log("schedule made");
        return true;
    }

    /**
     * Ends the run early; what was measured so far is kept. May be called from any thread, any number of times; the first reason
     * counts.
     */
    public void interrupt(String reason) {
        interruption.compareAndSet(null, reason);
    }

    private boolean interrupted() {
        return interruption.get() != null;
    }

    /** What was declared, and the entry behind which requests to stop it stand. */
    private record Declared(RunPlan plan, EntryId heardFrom) {}

    private Future<Declared> declare(Schedule schedule) {
        long second = 1_000_000L;
        long startMicros = Math.ceilDiv(producer.nowMicros() + LEAD_MICROS, second) * second;
        RunPlan plan = new RunPlan(
                scenario.name(),
                request.environment(),
                scenario.profile(),
                request.seed(),
                schedule.hash(),
                schedule.totalTasks(),
                startMicros,
                scenario.phases().warmUpSeconds(),
                scenario.phases().steadySeconds(),
                scenario.phases().coolDownSeconds(),
                scenario.shape().isPresent() ? RunPlan.Load.OPEN : RunPlan.Load.CLOSED,
                scenario.sendDelayP99().toNanos() / 1000,
                scenario.measures(),
                request.replication());
        RunDeclared declared = new RunDeclared(producer.envelope(request.runId()), plan);
        return broker.append(StreamNames.CONTROL, RunEvents.encode(declared))
                .map(entry -> new Declared(plan, request.orderedAt().orElse(entry)));
    }

    private Future<Ending> send(Schedule schedule, RunPlan plan) {
        Sender sender = new Sender(
                broker,
                streams.tasks(),
                request.runId(),
                schedule.mix(),
                scenario.requires(),
                producer,
                rows -> context.runOnContext(ignored -> log.add(rows)),
                this::interrupted);
        Backlog backlog = new Backlog(scenario.backlog());
        Feed feed = plan.load() == RunPlan.Load.OPEN
                ? new Feed.Open(schedule, plan.startMicros(), clock::nowMicros)
                : new Feed.Closed(schedule.phases(), plan.startMicros(), clock::nowMicros, backlog);
        long flushing = vertx.setPeriodic(FLUSH_EVERY.toMillis(), ignored -> log.flush());
        long watching = plan.load() == RunPlan.Load.OPEN ? -1 : watch(backlog, sender);
        Promise<Ending> ended = Promise.promise();
        Consumer<Ending> ending = how -> context.runOnContext(ignored -> {
            vertx.cancelTimer(watching);
            vertx.cancelTimer(flushing);
            log.flush();
            ended.complete(how);
        });
        Thread.ofPlatform()
                .name("pacer")
                .daemon()
                .uncaughtExceptionHandler((thread, broken) -> ending.accept(broke(broken, sender)))
                .start(() -> ending.accept(pace(feed, sender)));
        return ended.future();
    }

    private Ending pace(Feed feed, Sender sender) {
        try {
            feed.run(sender);
            sender.awaitAnswers();
        } catch (InterruptedException asked) {
            interrupt("the pacing thread was interrupted");
        }
        return sender.failure()
                .map(refused -> new Ending(Outcome.FAILED, "tasks were not taken: " + refused, sender.enqueued()))
                .orElseGet(() -> new Ending(Outcome.COMPLETED, "", sender.enqueued()));
    }

    private Ending broke(Throwable broken, Sender sender) {
        LOG.atError().addKeyValue("runId", request.runId()).setCause(broken).log("the load generator broke");
        return new Ending(Outcome.FAILED, "the load generator broke: " + broken, sender.enqueued());
    }

    /** Looks from time to time how many tasks the farm has not finished; tasks on their way are not among them yet. */
    private long watch(Backlog backlog, Sender sender) {
        AtomicBoolean looking = new AtomicBoolean();
        return vertx.setPeriodic(BACKLOG_LOOK.toMillis(), ignored -> {
            if (looking.compareAndSet(false, true)) {
                long enqueuedThen = sender.enqueued();
                broker.groupInfo(streams.tasks(), streams.group())
                        .onSuccess(info -> backlog.seen(enqueuedThen, unfinished(info)))
                        .onComplete(looked -> looking.set(false));
            }
        });
    }

    private static long unfinished(GroupInfo info) {
        return info.lag() + info.pending();
    }

    private Future<RunClosed> close(Ending ending) {
        boolean whole = ending.outcome() == Outcome.COMPLETED;
        return closing.drained(() -> whole && !interrupted() ? scenario.drain() : DRAIN_WHEN_STOPPED)
                .compose(ignored ->
                        closing.outstanding(producer::envelope, left -> events.offer(TaskEvents.encode(left))))
                .compose(outstanding -> events.flush(FLUSH_LIMIT).map(outstanding))
                .map(outstanding -> closed(judged(ending), outstanding))
                .otherwise(cause -> closed(unseen(ending, cause), 0))
                .compose(event -> broker.append(StreamNames.CONTROL, RunEvents.encode(event))
                        .map(event));
    }

    /** How the run ended, after what happened since its last task. */
    private Ending judged(Ending ending) {
        if (ending.outcome() != Outcome.COMPLETED) {
            return ending;
        }
        if (events.dropped() > 0) {
            String lost = events.dropped() + " events for " + streams.events() + " were dropped";
            return new Ending(Outcome.FAILED, lost, ending.enqueued());
        }
        String stopped = interruption.get();
        return stopped == null ? ending : new Ending(Outcome.INTERRUPTED, stopped, ending.enqueued());
    }

    /** What went wrong first is what people have to know. */
    private static Ending unseen(Ending ending, Throwable cause) {
        return ending.outcome() == Outcome.FAILED
                ? ending
                : new Ending(Outcome.FAILED, "the run's end was not seen: " + cause.getMessage(), ending.enqueued());
    }

    private RunClosed closed(Ending ending, long outstanding) {
        return new RunClosed(
                producer.envelope(request.runId()), ending.outcome(), ending.reason(), ending.enqueued(), outstanding);
    }
}
