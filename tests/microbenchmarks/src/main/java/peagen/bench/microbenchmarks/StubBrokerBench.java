package peagen.bench.microbenchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/**
 * 128 tasks appended, read by a group, acknowledged and deleted, ten times over on one event loop, so that handing the work to
 * that loop does not count; the unit is one task.
 */
public class StubBrokerBench extends ShortBenchmark {

    private static final int ROUNDS = 10;
    private static final String STREAM = "peagen.tasks";
    private static final String GROUP = "peagen";

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final StubBroker broker = new StubBroker(vertx, new StubRedis());
    private final List<Fields> tasks = SampleTasks.taskEntries(SampleTasks.READ).stream()
            .map(StreamEntry::fields)
            .toList();
    private final GroupRead read = new GroupRead(STREAM, GROUP, "worker-1", SampleTasks.READ, Duration.ZERO);
    private final TreeMap<EntryId, Fields> map = new TreeMap<>();
    private long next;

    /** Makes the group. */
    @Setup
    public void createGroup() {
        await(() -> broker.createGroup(STREAM, GROUP, EntryId.MIN));
    }

    /** Ends the event loop. */
    @TearDown(Level.Trial)
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** The StubQueue behind its port. */
    @Benchmark
    @OperationsPerInvocation(ROUNDS * SampleTasks.READ)
    @Against("treeMap")
    public Object stubBroker() {
        return await(() -> rounds(ROUNDS, this::round));
    }

    /** Reference: a sorted map, filled, read and emptied in as many turns of the same event loop, without a port or a lock. */
    @Benchmark
    @OperationsPerInvocation(ROUNDS * SampleTasks.READ)
    public Object treeMap() {
        return await(() -> rounds(ROUNDS, this::mapRound));
    }

    private static Future<Long> rounds(int left, Supplier<Future<Long>> round) {
        return round.get().compose(done -> left > 1 ? rounds(left - 1, round) : Future.succeededFuture(done));
    }

    private Future<Long> round() {
        return broker.append(STREAM, tasks)
                .compose(appended -> broker.readGroup(read))
                .map(StubBrokerBench::ids)
                .compose(ids ->
                        broker.acknowledge(STREAM, GROUP, ids).compose(acknowledged -> broker.delete(STREAM, ids)));
    }

    private static List<EntryId> ids(List<StreamEntry> entries) {
        List<EntryId> ids = new ArrayList<>(entries.size());
        for (StreamEntry entry : entries) {
            ids.add(entry.id());
        }
        return ids;
    }

    private Future<Long> mapRound() {
        return turn(this::fill)
                .compose(filled -> turn(this::readAll))
                .compose(ids -> turn(ids::size)
                        .compose(counted -> turn(() -> {
                            ids.forEach(map::remove);
                            return (long) ids.size();
                        })));
    }

    private long fill() {
        for (Fields task : tasks) {
            map.put(SampleTasks.entryId(next++), task);
        }
        return next;
    }

    private List<EntryId> readAll() {
        List<StreamEntry> entries = new ArrayList<>(SampleTasks.READ);
        map.forEach((id, fields) -> entries.add(new StreamEntry(id, fields)));
        return ids(entries);
    }

    private <T> Future<T> turn(Supplier<T> work) {
        return Future.future(promise -> context.runOnContext(now -> promise.complete(work.get())));
    }

    private <T> T await(Supplier<Future<T>> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(now -> work.get().onComplete(done::complete, done::completeExceptionally));
        return done.join();
    }
}
