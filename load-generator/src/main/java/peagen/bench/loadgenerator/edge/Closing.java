package peagen.bench.loadgenerator.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;

/**
 * The end of a run, seen from the task stream: waits until the farm has finished, and then lists what it has not. A task still
 * stands in the stream when its entry is there and was either not delivered or not acknowledged; an entry that was acknowledged
 * and left behind is finished. Confined to one context.
 */
public final class Closing {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int PAGE = 1000;
    private static final int ROWS_PER_EVENT = 8192;

    private final Vertx vertx;
    private final StreamBroker broker;
    private final StreamNames streams;
    private final String runId;

    /** The end of run {@code runId}. */
    public Closing(Vertx vertx, StreamBroker broker, StreamNames streams, String runId) {
        this.vertx = vertx;
        this.broker = broker;
        this.streams = streams;
        this.runId = runId;
    }

    /**
     * Completes when the group has nothing left to deliver and nothing pending, or when it was waited for as long as
     * {@code patience} says, which may change meanwhile. A look that fails is repeated; fails when the last one did.
     */
    public Future<Void> drained(Supplier<Duration> patience) {
        Promise<Void> over = Promise.promise();
        look(System.nanoTime(), patience, over);
        return over.future();
    }

    private void look(long sinceNanos, Supplier<Duration> patience, Promise<Void> over) {
        broker.groupInfo(streams.tasks(), streams.group()).onComplete(info -> {
            boolean late = System.nanoTime() - sinceNanos >= patience.get().toNanos();
            if (info.succeeded() && (late || finished(info.result()))) {
                over.complete();
            } else if (late) {
                over.fail(info.cause());
            } else {
                vertx.setTimer(LOOK_EVERY.toMillis(), timer -> look(sinceNanos, patience, over));
            }
        });
    }

    private static boolean finished(GroupInfo info) {
        return info.lag() == 0 && info.pending() == 0;
    }

    /**
     * Hands the run's tasks that still stand in the stream to {@code report}, in batches, each task once; answers how many they
     * were. A task that ends meanwhile may still be among them.
     */
    public Future<Long> outstanding(Function<String, Envelope> envelopes, Consumer<TasksOutstanding> report) {
        return broker.groupInfo(streams.tasks(), streams.group()).compose(info -> {
            EntryId undelivered = info.lastDelivered().next();
            return pendingIds(EntryId.MIN, new TreeSet<>()).compose(pending -> {
                EntryId first =
                        pending.isEmpty() || undelivered.compareTo(pending.first()) < 0 ? undelivered : pending.first();
                return scan(first, undelivered, pending, new Left(envelopes, report));
            });
        });
    }

    private Future<NavigableSet<EntryId>> pendingIds(EntryId from, NavigableSet<EntryId> ids) {
        return broker.pending(streams.tasks(), streams.group(), from, EntryId.MAX, PAGE)
                .compose(page -> {
                    page.forEach(entry -> ids.add(entry.id()));
                    return page.size() < PAGE
                            ? Future.succeededFuture(ids)
                            : pendingIds(page.get(page.size() - 1).id().next(), ids);
                });
    }

    private Future<Long> scan(EntryId from, EntryId undelivered, Set<EntryId> pending, Left left) {
        return broker.range(streams.tasks(), from, EntryId.MAX, PAGE).compose(page -> {
            for (StreamEntry entry : page) {
                if (entry.id().compareTo(undelivered) >= 0 || pending.contains(entry.id())) {
                    left.add(entry);
                }
            }
            if (page.size() < PAGE) {
                left.report();
                return Future.succeededFuture((long) left.sequences.size());
            }
            return scan(page.get(page.size() - 1).id().next(), undelivered, pending, left);
        });
    }

    /** What was found so far. A task that was given back may stand in the stream twice. */
    private final class Left {
        private final Function<String, Envelope> envelopes;
        private final Consumer<TasksOutstanding> reports;
        private final Set<Long> sequences = new HashSet<>();
        private final LongTable.Builder rows = new LongTable.Builder(TasksOutstanding.COLUMNS);

        Left(Function<String, Envelope> envelopes, Consumer<TasksOutstanding> reports) {
            this.envelopes = envelopes;
            this.reports = reports;
        }

        void add(StreamEntry entry) {
            byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElse(new byte[0]);
            if (TaskJson.read(json) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task)) {
                task.tag()
                        .filter(tag -> tag.runId().equals(runId) && sequences.add(tag.sequence()))
                        .ifPresent(tag -> rows.set(0, tag.sequence()).endRow());
            }
            if (rows.rows() >= ROWS_PER_EVENT) {
                report();
            }
        }

        void report() {
            if (rows.rows() > 0) {
                reports.accept(new TasksOutstanding(envelopes.apply(runId), rows.build()));
                rows.clear();
            }
        }
    }
}
