package peagen.bench.probeagent.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.task.TaskTag;
import peagen.bench.probeagent.domain.envelope.Envelopes;
import peagen.bench.probeagent.domain.envelope.PeagenEnvelopes;
import peagen.bench.probeagent.domain.envelope.SeenResult;
import peagen.bench.probeagent.domain.envelope.SeenTask;

/**
 * What one worker has in hand, followed from its claims, its results and its acknowledgements. A result ends an execution; an
 * acknowledgement ends a task as its result said. One without a result counts as completed, and ends the execution too. A task
 * given back under a new entry id ends nothing: it is the same task, delivered once more. Given back or dead-lettered without a
 * result, it was not executed.
 *
 * <p>What is appended counts once the stream has it, for the tasks that were in hand when the worker asked: a task given back may
 * be claimed again before the worker learns that the stream took it.
 *
 * <p>Times are µs on the Redis clock and come with every call. Thread-safe; the calls for one worker must come in its order.
 */
public final class TaskWatch {

    /** What an append means that is of no task in hand. */
    public static final Runnable NOTHING = () -> {};

    private final Hands hands;
    private final Envelopes envelopes;
    private final Outcomes outcomes;
    private final Appends appends;
    private int inHand;
    private volatile String consumer = "";
    private final ClaimedRuns runs = new ClaimedRuns();
    private long foreign;
    private long unreadable;
    private long deleted;

    /** A watch over a worker of the house's own farm that nobody else's claims matter to. */
    public TaskWatch(ObservationLog log) {
        this(new Hands(Hands.DEFAULT_LIMIT), PeagenEnvelopes.INSTANCE, log);
    }

    /**
     * A watch that writes what it sees into {@code log}.
     *
     * @param hands the claims of all workers that may work on each other's
     * @param envelopes how the farm writes tasks and results
     */
    public TaskWatch(Hands hands, Envelopes envelopes, ObservationLog log) {
        this.hands = hands;
        this.envelopes = envelopes;
        this.outcomes = new Outcomes(hands, log);
        this.appends = new Appends(hands, envelopes, this);
    }

    /** The worker calls itself {@code name} in its group. */
    public void consumer(String name) {
        consumer = name;
    }

    /** What the worker calls itself in its group; empty as long as that is not known. */
    public String consumer() {
        return consumer;
    }

    /** The runs whose tasks the worker claimed. */
    ClaimedRuns runs() {
        return runs;
    }

    /** Does {@code what}, and what another worker does meanwhile is followed after it. */
    public void beforeAnybodyElse(Runnable what) {
        synchronized (hands) {
            what.run();
        }
    }

    /** Entries were delivered to the worker, each for the first time under its entry id. */
    public void claimed(List<StreamEntry> entries, long nowMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                claimed(entries.get(i), 1, nowMicros);
            }
        }
    }

    /** Stale entries were taken over by the worker; {@code deliveryCounts} go with them by position. */
    public void reclaimed(List<StreamEntry> entries, List<Integer> deliveryCounts, long nowMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                claimed(entries.get(i), deliveryCounts.get(i), nowMicros);
            }
        }
    }

    /**
     * Entries that were pending already were delivered to the worker. Redis does not say how often they were before: one more
     * than was seen here, and at least twice.
     */
    public void reclaimed(List<StreamEntry> entries, long nowMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                claimed(entries.get(i), 0, nowMicros);
            }
        }
    }

    /** @param deliveryCount 0 when it is not known */
    private void claimed(StreamEntry entry, int deliveryCount, long nowMicros) {
        SeenTask task = envelopes.task(entry).orElse(null);
        if (task == null) {
            unreadable++;
            hands.strangers().foreign(entry.id());
            return;
        }
        TaskTag tag = task.tag().orElse(null);
        if (tag == null) {
            foreign++;
            hands.strangers().foreign(entry.id());
            return;
        }
        int deliveries =
                deliveryCount > 0 ? deliveryCount : Math.max(1, hands.deliveriesSeen(entry.id(), task.attempts())) + 1;
        Hand hand = new Hand(this, entry.id(), task, tag, deliveries, nowMicros);
        hands.add(hand);
        outcomes.record(Observation.CLAIMED, hand, nowMicros);
        runs.claimed(tag.runId(), nowMicros);
    }

    /**
     * The worker is about to append results, asked for at {@code askedMicros}. Answers what to call when the stream has taken
     * them.
     */
    public Runnable appendingResults(List<Fields> results, long askedMicros) {
        Appends.Results of = appends.results(results);
        return () -> {
            synchronized (hands) {
                outcomes.executed(of, askedMicros);
            }
        };
    }

    /** The worker is about to append to the dead-letter stream. Answers what to call when the stream has taken the tasks. */
    public Runnable appendingDeadLetters(List<Fields> tasks) {
        List<Hand> dead = appends.tasks(tasks);
        return dead.isEmpty()
                ? NOTHING
                : () -> {
                    synchronized (hands) {
                        dead.forEach(task -> task.ending(Observation.DEAD_LETTERED));
                    }
                };
    }

    /**
     * The worker is about to append to the task stream: tasks that it has in hand are given back. Answers what to call when the
     * stream has taken them; they may have been claimed again by then.
     */
    public Runnable appendingTasks(List<Fields> tasks, long askedMicros) {
        List<Hand> givenBack = appends.tasks(tasks);
        return givenBack.isEmpty()
                ? NOTHING
                : () -> {
                    synchronized (hands) {
                        outcomes.givenBack(givenBack, askedMicros);
                    }
                };
    }

    /** The worker's acknowledgement of {@code entries}, asked for at {@code askedMicros}, was taken. */
    public void acknowledged(List<EntryId> entries, long askedMicros) {
        synchronized (hands) {
            for (int i = 0; i < entries.size(); i++) {
                Hand hand = hands.ofEntry(entries.get(i), this);
                if (hand == null) {
                    hands.strangers().acknowledged(entries.get(i));
                } else {
                    hands.remove(hand);
                    outcomes.ended(hand, askedMicros);
                }
            }
        }
    }

    /**
     * The entries among {@code ids} of which nothing is known: whoever claimed them did so out of sight, before an agent was
     * started again, say.
     */
    public List<EntryId> strangers(List<EntryId> ids) {
        List<EntryId> strangers = new ArrayList<>(0);
        synchronized (hands) {
            for (int i = 0; i < ids.size(); i++) {
                if (hands.isStranger(ids.get(i))) {
                    strangers.add(ids.get(i));
                }
            }
        }
        return strangers;
    }

    /**
     * A task that was claimed out of sight and is still pending is in the worker's hands from now on, as if its claim had been
     * seen. If no result of it went by, whoever saw the claim has seen the result, if there was one: the execution is not counted
     * again.
     *
     * @param deliveryCount how often Redis has delivered the entry
     * @param claimedMicros when it was delivered last, µs on the Redis clock
     */
    public void adopt(StreamEntry entry, int deliveryCount, long claimedMicros) {
        synchronized (hands) {
            SeenTask task = envelopes.task(entry).orElse(null);
            TaskTag tag = task == null ? null : task.tag().orElse(null);
            if (task == null || tag == null) {
                hands.strangers().foreign(entry.id());
                return;
            }
            Hand hand = new Hand(this, entry.id(), task, tag, deliveryCount, claimedMicros);
            hands.add(hand);
            Optional<SeenResult> result = hands.strangers().takeAnswer(task.id());
            hand.ending(result.isPresent() && result.get().failed() ? Observation.FAILED : Observation.COMPLETED);
            if (result.isEmpty()) {
                hand.executedNow();
            }
        }
    }

    /** Entries of the task stream were deleted. That alone ends no task: one that is not acknowledged stays pending. */
    public void deleted(int count) {
        synchronized (hands) {
            deleted += count;
        }
    }

    /**
     * The connection that the worker claimed on is over. What it had in hand becomes an orphan, unless the worker goes on on
     * another connection: then that is found in its hands all the same.
     */
    public void connectionLost(long nowMicros) {
        synchronized (hands) {
            Hand hand = null;
            for (int left = inHand; left > 0; left--) {
                hand = hands.nextOf(this, hand);
                if (hand != null) {
                    outcomes.record(Observation.ORPHANED, hand, nowMicros);
                }
            }
        }
    }

    /** So many more claims are the worker's, or fewer. Under the monitor of {@link Hands}. */
    void owns(int more) {
        inHand += more;
    }

    /** Whether no worker has a task in hand: then an append gives back or dead-letters none. */
    public boolean nobodyHoldsAny() {
        return hands.size() == 0;
    }

    /** How many tasks the worker has in hand. */
    public int inHand() {
        synchronized (hands) {
            return inHand;
        }
    }

    /** How many claimed tasks carried no tag of ours. */
    public long foreign() {
        synchronized (hands) {
            return foreign;
        }
    }

    /** How many claimed entries were not tasks. */
    public long unreadable() {
        synchronized (hands) {
            return unreadable;
        }
    }

    /** How many entries of the task stream the worker deleted. */
    public long deleted() {
        synchronized (hands) {
            return deleted;
        }
    }
}
