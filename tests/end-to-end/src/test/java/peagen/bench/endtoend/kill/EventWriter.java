package peagen.bench.endtoend.kill;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker;

/**
 * Appends the entries of a script, some every few milliseconds as long as not many wait to be read, and remembers them. From any
 * thread.
 */
final class EventWriter {

    private static final long EVERY_MILLIS = 5;
    private static final long MOST_WAITING = 500;

    private final Vertx vertx;
    private final Context context;
    private final StreamBroker broker;
    private final String stream;
    private final EventScript script;
    private final int atOnce;
    private final List<StreamEntry> appended = new ArrayList<>();
    private Future<Void> last = Future.succeededFuture();
    private long timer;

    EventWriter(Vertx vertx, StreamBroker broker, String stream, EventScript script, int atOnce) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.broker = broker;
        this.stream = stream;
        this.script = script;
        this.atOnce = atOnce;
    }

    void start() {
        context.runOnContext(task -> timer = vertx.setPeriodic(EVERY_MILLIS, tick -> append()));
    }

    private void append() {
        if (!last.isComplete() || last.failed()) {
            return;
        }
        last = broker.groupInfo(stream, StreamNames.COLLECTORS)
                .compose(group -> group.lag() < MOST_WAITING ? appendSome() : Future.succeededFuture());
    }

    private Future<Void> appendSome() {
        List<Fields> some = new ArrayList<>();
        while (some.size() < atOnce) {
            some.add(script.next());
        }
        return broker.append(stream, some).map(ids -> {
            for (int i = 0; i < some.size(); i++) {
                EntryId id = ids.get(i);
                appended.add(new StreamEntry(id, some.get(i)));
            }
            return null;
        });
    }

    /** Ends the writing; what was appended, in order, or why that failed. */
    Future<List<StreamEntry>> stop() {
        Promise<List<StreamEntry>> all = Promise.promise();
        context.runOnContext(task -> {
            vertx.cancelTimer(timer);
            last.map(done -> List.copyOf(appended)).onComplete(all);
        });
        return all.future();
    }
}
