package peagen.bench.loadgenerator;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.RunRequested;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.edge.OrderReading;
import peagen.bench.loadgenerator.edge.RunTrace;
import peagen.bench.loadgenerator.edge.TaskStreamTaken;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.StreamBroker.StaleClaim;
import peagen.bench.streams.outbox.ServiceLink;

/**
 * Makes the runs that are ordered on the control stream, one after the other; while another makes one on the same task stream, it
 * waits. An order is acknowledged when its run is closed. One
 * that cannot be made is declared and closed as failed, so that whoever waits for its verdict gets one that says why. A run is
 * never begun twice: an order that comes again is made only when nobody has declared its run, and one whose maker died in the
 * middle is left to the gatekeeper, which closes what shows no sign of life.
 *
 * <p>Confined to the context that makes it, but for {@link #stop}.
 */
public final class OrderedRuns {

    /** An order that was taken so long ago and whose run was not declared is taken over. */
    static final Duration STALE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(OrderedRuns.class);
    private static final String STOPPED = "the load generator was stopped";
    private static final Duration BLOCK = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final long SECOND = 1_000_000;
    private static final long GIVEN_UP_MICROS = 150 * SECOND;

    private final Vertx vertx;
    private final Context context;
    private final ServiceLink link;
    private final OrderReading reading;
    private final Duration staleAfter;
    private final Promise<Void> left = Promise.promise();
    private Optional<LoadGenerator> going = Optional.empty();
    private String waitsFor = "";
    private boolean stopping;

    /** Runs that are read by {@code reading} and made over {@code link}. */
    public OrderedRuns(Vertx vertx, ServiceLink link, OrderReading reading) {
        this(vertx, link, reading, STALE);
    }

    OrderedRuns(Vertx vertx, ServiceLink link, OrderReading reading, Duration staleAfter) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.link = link;
        this.reading = reading;
        this.staleAfter = staleAfter;
    }

    /** Begins; completes when orders are waited for. Those that were written before and that nobody has made are made too. */
    public Future<Void> start() {
        return link.broker()
                .createGroup(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, EntryId.MIN)
                .onSuccess(ready -> context.runOnContext(begin -> round()));
    }

    /** Ends the run under way early and takes no more; completes when it is closed and its order acknowledged. Any thread. */
    public Future<Void> stop() {
        context.runOnContext(asked -> {
            stopping = true;
            going.ifPresent(run -> run.interrupt(STOPPED));
        });
        return left.future();
    }

    private void round() {
        if (stopping) {
            left.tryComplete();
            return;
        }
        next().compose(this::takeAll).onComplete(done -> {
            if (done.failed()) {
                LOG.atWarn()
                        .addKeyValue("cause", done.cause().getMessage())
                        .log("orders cannot be read for the moment");
                vertx.setTimer(PAUSE.toMillis(), again -> round());
            } else {
                round();
            }
        });
    }

    /** What others left behind goes before what is new: it was ordered earlier. */
    private Future<List<StreamEntry>> next() {
        StaleClaim claim =
                new StaleClaim(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, name(), staleAfter, EntryId.MIN, 1);
        GroupRead read = new GroupRead(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, name(), 1, BLOCK);
        return link.broker()
                .claimStale(claim)
                .compose(stale -> stale.entries().isEmpty()
                        ? link.broker().readGroup(read)
                        : Future.succeededFuture(stale.entries()));
    }

    private String name() {
        return link.producer().name();
    }

    private Future<Void> takeAll(List<StreamEntry> entries) {
        Future<Void> taken = Future.succeededFuture();
        for (StreamEntry entry : entries) {
            taken = taken.compose(before -> take(entry));
        }
        return taken;
    }

    private Future<Void> take(StreamEntry entry) {
        if (stopping) {
            return Future.succeededFuture();
        }
        return RunEvents.decode(entry.fields()) instanceof Decoded.Known<RunEvent>(RunRequested asked)
                ? order(entry.id(), asked)
                : acknowledge(entry.id());
    }

    private Future<Void> order(EntryId at, RunRequested asked) {
        String runId = asked.envelope().runId();
        return RunTrace.of(link.broker(), runId, EntryId.MIN).compose(trace -> {
            if (trace.plan().isEmpty() && !trace.closed()) {
                return make(at, runId, asked.order(), trace)
                        .compose(made -> acknowledge(at))
                        .recover(cause -> cause instanceof TaskStreamTaken taken
                                ? afterwards(at, asked, taken)
                                : Future.failedFuture(cause));
            }
            return trace.closed() || isGivenUp(trace.plan().orElseThrow()) ? acknowledge(at) : Future.succeededFuture();
        });
    }

    /** Somebody else's run is under way. Afterwards it is looked anew who has declared this one: waiting may take long. */
    private Future<Void> afterwards(EntryId at, RunRequested asked, TaskStreamTaken taken) {
        String why = String.valueOf(taken.getMessage());
        if (!why.equals(waitsFor)) {
            waitsFor = why;
            LOG.atInfo()
                    .addKeyValue("runId", asked.envelope().runId())
                    .addKeyValue("reason", why)
                    .log("run has to wait");
        }
        return vertx.timer(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                .compose(waited -> stopping ? Future.succeededFuture() : order(at, asked));
    }

    /** Long after its planned end the gatekeeper has closed the run itself. */
    private boolean isGivenUp(RunPlan plan) {
        long end = plan.startMicros() + plan.totalSeconds() * SECOND;
        return link.producer().nowMicros() > end + GIVEN_UP_MICROS;
    }

    private Future<Void> make(EntryId at, String runId, RunOrder order, RunTrace trace) {
        return vertx.executeBlocking(() -> reading.read(runId, order, at))
                .map(Objects::requireNonNull)
                .compose(outcome -> switch (outcome) {
                    case OrderReading.Outcome.Refused(String reason) -> refuse(runId, order, Outcome.FAILED, reason);
                    case OrderReading.Outcome.Sound(RunRequest request) ->
                        trace.stop()
                                .map(reason -> refuse(runId, order, Outcome.INTERRUPTED, reason))
                                .orElseGet(() -> generate(request));
                });
    }

    private Future<Void> generate(RunRequest request) {
        LOG.atInfo()
                .addKeyValue("runId", request.runId())
                .addKeyValue("scenario", request.scenario().name())
                .log("run is made");
        LoadGenerator generator = new LoadGenerator(vertx, link.broker(), link.producer(), link.clock(), request);
        going = Optional.of(generator);
        if (stopping) {
            generator.interrupt(STOPPED);
        }
        return generator.runUnlessTaken().<Void>mapEmpty().onComplete(over -> going = Optional.empty());
    }

    /** A run of no length that says why: its verdict is invalid, and comes at once. */
    private Future<Void> refuse(String runId, RunOrder order, Outcome outcome, String reason) {
        LOG.atWarn().addKeyValue("runId", runId).addKeyValue("reason", reason).log("run cannot be made");
        RunPlan plan = new RunPlan(
                order.scenario(),
                order.environment().orElse(reading.environment()),
                order.profile().orElse("v1.0"),
                order.seed(),
                "",
                0,
                link.producer().nowMicros(),
                0,
                0,
                0,
                RunPlan.Load.CLOSED,
                0,
                List.of(),
                order.replication());
        RunDeclared declared = new RunDeclared(link.producer().envelope(runId), plan);
        RunClosed closed = new RunClosed(link.producer().envelope(runId), outcome, reason, 0, 0);
        return link.broker()
                .append(StreamNames.CONTROL, List.of(RunEvents.encode(declared), RunEvents.encode(closed)))
                .mapEmpty();
    }

    private Future<Void> acknowledge(EntryId id) {
        return link.broker()
                .acknowledge(StreamNames.CONTROL, StreamNames.LOAD_GENERATORS, List.of(id))
                .mapEmpty();
    }
}
