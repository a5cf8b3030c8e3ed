package peagen.bench.contract.event;

import java.util.Optional;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.RunEvent.Outcome;
import peagen.bench.contract.event.RunEvent.RunClosed;
import peagen.bench.contract.event.RunEvent.RunDeclared;
import peagen.bench.contract.event.RunEvent.RunRequested;
import peagen.bench.contract.event.RunEvent.SeenWorker;
import peagen.bench.contract.event.RunEvent.ServiceStarted;
import peagen.bench.contract.event.RunEvent.ServiceStopped;
import peagen.bench.contract.event.RunEvent.StopRequested;
import peagen.bench.contract.event.RunEvent.WorkerConnected;
import peagen.bench.contract.event.RunEvent.WorkerDisconnected;

/** The flat form of {@link RunEvent}s on {@code bench.control}. Stateless. */
public final class RunEvents {

    static final String REQUESTED = "run.requested";
    static final String STOP_REQUESTED = "run.stop_requested";
    static final String DECLARED = "run.declared";
    static final String CLOSED = "run.closed";
    static final String STARTED = "service.started";
    static final String STOPPED = "service.stopped";
    static final String CONNECTED = "worker.connected";
    static final String DISCONNECTED = "worker.disconnected";

    private RunEvents() {}

    /**
     * The entry for {@code event}.
     *
     * @throws IllegalArgumentException if a measure is empty or contains a comma
     */
    public static Fields encode(RunEvent event) {
        return switch (event) {
            case RunRequested e -> OrderFields.put(EventFields.start(REQUESTED, e.envelope()), e.order());
            case StopRequested e ->
                EventFields.start(STOP_REQUESTED, e.envelope())
                        .put("reason", e.reason())
                        .build();
            case RunDeclared e -> plan(EventFields.start(DECLARED, e.envelope()), e.plan());
            case RunClosed e ->
                EventFields.start(CLOSED, e.envelope())
                        .put("outcome", e.outcome().label())
                        .put("reason", e.reason())
                        .put("enqueued", e.enqueued())
                        .put("outstanding", e.outstanding())
                        .build();
            case ServiceStarted e ->
                EventFields.start(STARTED, e.envelope())
                        .put("service", e.service())
                        .build();
            case ServiceStopped e ->
                EventFields.start(STOPPED, e.envelope())
                        .put("service", e.service())
                        .build();
            case WorkerConnected e ->
                worker(EventFields.start(CONNECTED, e.envelope()), e.worker()).build();
            case WorkerDisconnected e ->
                worker(EventFields.start(DISCONNECTED, e.envelope()), e.worker())
                        .put("in_hand", e.inHand())
                        .build();
        };
    }

    private static Fields.Builder worker(Fields.Builder out, SeenWorker worker) {
        return out.put("connection", worker.connection())
                .put("consumer", worker.consumer())
                .put("client", worker.client())
                .put("peer", worker.peer())
                .put("container", worker.container());
    }

    private static SeenWorker worker(EventFields in) {
        return new SeenWorker(
                in.count("connection"), in.text("consumer"), in.text("client"), in.text("peer"), in.text("container"));
    }

    private static Fields plan(Fields.Builder out, RunPlan plan) {
        out.put("scenario", plan.scenario())
                .put("environment", plan.environment())
                .put("profile", plan.profile())
                .put("seed", plan.seed())
                .put("schedule_hash", plan.scheduleHash())
                .put("planned_tasks", plan.plannedTasks())
                .put("start_us", plan.startMicros())
                .put("warm_up_s", plan.warmUpSeconds())
                .put("steady_s", plan.steadySeconds())
                .put("cool_down_s", plan.coolDownSeconds())
                .put("load", plan.load().label())
                .put("send_delay_p99_bound_us", plan.sendDelayP99BoundMicros())
                .put("measures", EventFields.joined(plan.measures()));
        return OrderFields.put(out, plan.replication()).build();
    }

    /** Reads an entry of {@code bench.control}. */
    public static Decoded<RunEvent> decode(Fields fields) {
        return EventFields.read(fields, in -> switch (in.type()) {
            case REQUESTED -> Optional.of(new RunRequested(in.envelope(), OrderFields.order(in)));
            case STOP_REQUESTED -> Optional.of(new StopRequested(in.envelope(), in.text("reason")));
            case DECLARED -> Optional.of(new RunDeclared(in.envelope(), plan(in)));
            case CLOSED -> Optional.of(closed(in));
            case STARTED -> Optional.of(new ServiceStarted(in.envelope(), in.text("service")));
            case STOPPED -> Optional.of(new ServiceStopped(in.envelope(), in.text("service")));
            case CONNECTED -> Optional.of(new WorkerConnected(in.envelope(), worker(in)));
            case DISCONNECTED -> Optional.of(new WorkerDisconnected(in.envelope(), worker(in), in.count("in_hand")));
            default -> Optional.empty();
        });
    }

    private static RunClosed closed(EventFields in) {
        return new RunClosed(
                in.envelope(),
                in.word("outcome", Outcome.class, Outcome::label),
                in.text("reason"),
                in.count("enqueued"),
                in.count("outstanding"));
    }

    private static RunPlan plan(EventFields in) {
        return new RunPlan(
                in.text("scenario"),
                in.text("environment"),
                in.text("profile"),
                in.number("seed"),
                in.text("schedule_hash"),
                in.count("planned_tasks"),
                in.count("start_us"),
                in.seconds("warm_up_s"),
                in.seconds("steady_s"),
                in.seconds("cool_down_s"),
                in.word("load", RunPlan.Load.class, RunPlan.Load::label),
                in.count("send_delay_p99_bound_us"),
                in.words("measures"),
                OrderFields.replication(in));
    }
}
