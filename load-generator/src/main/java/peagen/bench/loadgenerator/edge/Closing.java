package peagen.bench.loadgenerator.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
import peagen.bench.streams.StreamBroker.PendingEntry;

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

    /** Completes when the group has nothing left to deliver and nothing pending, or when {@code limit} is over. */
    public Future<Void> drained(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        Promise<Void> over = Promise.promise();
        look(until, over);
        return over.future();
    }

    private void look(long until, Promise<Void> over) {
        broker.groupInfo(streams.tasks(), streams.group()).onComplete(info -> {
            if (info.failed()) {
                over.fail(info.cause());
            } else if (finished(info.result()) || System.nanoTime() - until >= 0) {
                over.complete();
            } else {
                vertx.setTimer(LOOK_EVERY.toMillis(), timer -> look(until, over));
            }
        });
    }

    private static boolean finished(GroupInfo info) {
        return info.lag() == 0 && info.pending() == 0;
    }

    /** Hands the run's tasks that still stand in the stream to {@code report}, in batches; answers how many they were. */
    public Future<Long> outstanding(Function<String, Envelope> envelopes, Consumer<TasksOutstanding> report) {
        return broker.groupInfo(streams.tasks(), streams.group()).compose(info -> pendingIds(EntryId.MIN, new HashSet<>())
                .compose(pending -> {
                    LongTable.Builder rows = new LongTable.Builder(TasksOutstanding.COLUMNS);
                    return scan(EntryId.MIN, info.lastDelivered(), pending, rows, 0L, envelopes, report);
                }));
    }

    private Future<Set<EntryId>> pendingIds(EntryId from, Set<EntryId> ids) {
        return broker.pending(streams.tasks(), streams.group(), from, EntryId.MAX, PAGE)
                .compose(page -> {
                    page.forEach(entry -> ids.add(entry.id()));
                    return page.size() < PAGE
                            ? Future.succeededFuture(ids)
                            : pendingIds(last(page).id().next(), ids);
                });
    }

    private static PendingEntry last(List<PendingEntry> page) {
        return page.get(page.size() - 1);
    }

    private Future<Long> scan(
            EntryId from,
            EntryId lastDelivered,
            Set<EntryId> pending,
            LongTable.Builder rows,
            long before,
            Function<String, Envelope> envelopes,
            Consumer<TasksOutstanding> report) {
        return broker.range(streams.tasks(), from, EntryId.MAX, PAGE).compose(page -> {
            for (StreamEntry entry : page) {
                boolean delivered = entry.id().compareTo(lastDelivered) <= 0;
                if (!delivered || pending.contains(entry.id())) {
                    addIfOurs(entry, rows);
                }
            }
            long total = before;
            if (rows.rows() >= ROWS_PER_EVENT || (page.size() < PAGE && rows.rows() > 0)) {
                total += rows.rows();
                report.accept(new TasksOutstanding(envelopes.apply(runId), rows.build()));
                rows.clear();
            }
            return page.size() < PAGE
                    ? Future.succeededFuture(total)
                    : scan(page.get(page.size() - 1).id().next(), lastDelivered, pending, rows, total, envelopes, report);
        });
    }

    private void addIfOurs(StreamEntry entry, LongTable.Builder rows) {
        byte[] json = entry.fields().bytes(TaskEnvelope.FIELD).orElse(new byte[0]);
        if (TaskJson.read(json) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task)) {
            task.tag()
                    .filter(tag -> tag.runId().equals(runId))
                    .ifPresent(tag -> rows.set(0, tag.sequence()).endRow());
        }
    }
}
