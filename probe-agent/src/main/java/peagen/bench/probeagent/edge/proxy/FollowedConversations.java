package peagen.bench.probeagent.edge.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.probeagent.domain.Hands;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.probeagent.domain.WorkerMoments;
import peagen.bench.probeagent.domain.conversation.Conversation;
import peagen.bench.probeagent.domain.conversation.ConversationSettings;
import peagen.bench.probeagent.domain.conversation.Observations;
import peagen.bench.probeagent.domain.conversation.Unobserved;
import peagen.bench.probeagent.domain.envelope.Envelopes;
import peagen.bench.probeagent.domain.resp.Command;
import peagen.bench.streams.StreamBroker.PendingEntry;
import peagen.bench.streams.outbox.Outbox;
import peagen.bench.streams.outbox.ServiceLink;

/** The conversations of an agent: what they share, what of them is measured, and where their observations go. Thread-safe. */
public final class FollowedConversations implements ConversationSource {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedConversations.class);
    private static final Duration PARKED_AT_MOST = Duration.ofSeconds(2);
    private static final int STRANGERS_AT_MOST = 4_096;

    private final ConversationSettings settings;
    private final Envelopes envelopes;
    private final Hands hands;
    private final ServiceLink link;
    private final Outbox outbox;
    private final TrafficListener traffic;
    private final Optional<String> container;
    private final String workerClass;
    private final AtomicLong connections = new AtomicLong();
    private final Map<Long, Followed> open = new ConcurrentHashMap<>();
    private final AtomicLong parked = new AtomicLong();
    private final Map<Unobserved, Counter> unobserved = new EnumMap<>(Unobserved.class);

    /**
     * No conversations yet.
     *
     * @param tasksInHand how many claims are remembered until they end
     * @param link the agent's own way to Redis, and its clock
     * @param outbox takes observations that nobody waits for
     * @param container the container that all workers of this agent run in; empty when each tells by its name
     * @param workerClass the class of all workers of this agent; empty when it is not known
     */
    public FollowedConversations(
            ConversationSettings settings,
            Envelopes envelopes,
            int tasksInHand,
            ServiceLink link,
            Outbox outbox,
            Optional<String> container,
            String workerClass,
            MeterRegistry meters,
            TrafficListener traffic) {
        this.settings = settings;
        this.envelopes = envelopes;
        this.hands = new Hands(tasksInHand);
        this.link = link;
        this.outbox = outbox;
        this.container = container;
        this.workerClass = workerClass;
        this.traffic = traffic;
        register(meters);
    }

    private void register(MeterRegistry meters) {
        for (Unobserved reason : Unobserved.values()) {
            unobserved.put(
                    reason,
                    Counter.builder("probe.unobserved")
                            .description("what was passed on without being seen")
                            .tag("reason", reason.reason())
                            .register(meters));
        }
        Gauge.builder("probe.connections", open, Map::size)
                .description("workers' connections")
                .register(meters);
        Gauge.builder("probe.tasks.in.hand", hands, Hands::size)
                .description("tasks that workers have claimed and not ended")
                .register(meters);
        FunctionCounter.builder("probe.tasks.forgotten", hands, Hands::forgotten)
                .description("claims that were forgotten because there were too many")
                .register(meters);
        FunctionCounter.builder("probe.connections.accepted", connections, AtomicLong::get)
                .description("workers' connections so far")
                .register(meters);
        FunctionCounter.builder("probe.parked", parked, AtomicLong::get)
                .description("commands that waited until their observation was in Redis")
                .register(meters);
        FunctionCounter.builder("probe.batches.dropped", outbox, Outbox::dropped)
                .description("batches of observations that Redis did not take for too long")
                .register(meters);
        Gauge.builder("probe.clock.uncertainty", link.clock(), clock -> clock.uncertaintyMicros() / 1e6)
                .description("how far the agent's idea of the Redis clock may be off")
                .baseUnit("seconds")
                .register(meters);
        FunctionCounter.builder("probe.clock.steps", link.clock(), clock -> clock.steps())
                .description("how often the Redis clock was noticed to have been set")
                .register(meters);
    }

    @Override
    public Followed follow(String peer) {
        long number = connections.getAndIncrement();
        Observations observations = new Observations(link.producer()::envelope, workerClass);
        TaskWatch watch = new TaskWatch(hands, envelopes, observations.log());
        Conversation conversation =
                new Conversation(settings, observations, watch, reason -> missed(reason, peer), listener(number));
        traffic.connected(number);
        WorkerMoments moments = new WorkerMoments(watch, workerClass, link.producer()::envelope);
        Followed followed = new Followed(number, peer, container, conversation, observations, watch, moments, this);
        open.put(number, followed);
        return followed;
    }

    private @Nullable Consumer<Command> listener(long number) {
        return traffic.equals(TrafficListener.NONE)
                ? null
                : command -> traffic.command(number, command.copies(), nowMicros());
    }

    private void missed(Unobserved reason, String peer) {
        Counter counter = unobserved.get(reason);
        if (counter != null) {
            counter.increment();
        }
        LOG.atWarn()
                .addKeyValue("peer", peer)
                .addKeyValue("reason", reason.reason())
                .log("passed on unobserved");
    }

    /** It is known now who a worker is. */
    void connected(Followed followed) {
        announce(new RunEvent.WorkerConnected(link.producer().envelope(Envelope.NO_RUN), followed.worker()));
    }

    /** A connection is over. */
    void over(Followed followed, boolean announced, int inHand) {
        open.remove(followed.number());
        traffic.disconnected(followed.number());
        if (announced) {
            announce(new RunEvent.WorkerDisconnected(
                    link.producer().envelope(Envelope.NO_RUN), followed.worker(), inHand));
        }
    }

    /** Something happened in the life of a worker. */
    void tell(WorkersSeen moment) {
        outbox.offer(TaskEvents.encode(moment));
    }

    /** For people and for whoever counts workers: no observation depends on it. */
    private void announce(RunEvent event) {
        link.broker()
                .append(StreamNames.CONTROL, RunEvents.encode(event))
                .onFailure(lost -> LOG.atDebug().setCause(lost).log("a worker's coming or going was not told"));
    }

    /** The workers that are connected now, and connections that have not claimed yet. */
    public List<Followed> open() {
        return List.copyOf(open.values());
    }

    @Override
    public long nowMicros() {
        return link.clock().nowMicros();
    }

    @Override
    public void record(List<Fields> observations) {
        observations.forEach(outbox::offer);
    }

    @Override
    public Future<Void> recordNow(List<Fields> observations) {
        parked.incrementAndGet();
        if (observations.isEmpty()) {
            return Future.succeededFuture();
        }
        record(observations);
        return outbox.flush(PARKED_AT_MOST)
                .onFailure(late -> LOG.atWarn()
                        .addKeyValue("cause", late.getMessage())
                        .log("a command goes on before its observation is in Redis"));
    }

    @Override
    public Future<Void> introduce(List<EntryId> ids, TaskWatch watch) {
        List<Future<Runnable>> introductions = new ArrayList<>();
        for (EntryId id : ids.subList(0, Math.min(ids.size(), STRANGERS_AT_MOST))) {
            introductions.add(introduction(id, watch).otherwise(() -> {}));
        }
        // What is found too late stays a stranger: its acknowledgement is on its way.
        return Future.join(introductions)
                .timeout(PARKED_AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(found -> introductions.forEach(each -> each.result().run()))
                .onFailure(late -> LOG.atWarn()
                        .addKeyValue("stream", settings.streams().tasks())
                        .log("an acknowledgement goes on before it is known which task it is of"))
                .mapEmpty();
    }

    /** An entry that is not pending for the group was acknowledged before: there is nothing to see in that. */
    private Future<Runnable> introduction(EntryId id, TaskWatch watch) {
        StreamNames streams = settings.streams();
        return link.broker()
                .pending(streams.tasks(), streams.group(), id, id, 1)
                .compose(pending -> pending.isEmpty()
                        ? Future.succeededFuture(() -> {})
                        : link.broker()
                                .range(streams.tasks(), id, id, 1)
                                .map(found -> () -> found.forEach(entry -> adopt(entry, pending.getFirst(), watch))));
    }

    private void adopt(StreamEntry entry, PendingEntry claim, TaskWatch watch) {
        watch.adopt(entry, claim.deliveryCount(), nowMicros() - claim.idle().toNanos() / 1_000);
    }
}
