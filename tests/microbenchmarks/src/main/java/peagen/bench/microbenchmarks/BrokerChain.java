package peagen.bench.microbenchmarks;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.redis.RedisBroker;

/** The chain through our own port: one {@link RedisBroker}, called from one event loop. */
final class BrokerChain implements Chain {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final RedisBroker broker;
    private final List<Fields> tasks = SampleTasks.taskEntries(SampleTasks.READ).stream()
            .map(StreamEntry::fields)
            .toList();
    private final GroupRead read = new GroupRead(STREAM, GROUP, "worker-1", SampleTasks.READ, Duration.ZERO);

    BrokerChain(RedisAddress address) {
        broker = RedisBroker.connect(vertx, address)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public long run(Steps steps, int inFlight, Duration time) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        long end = System.nanoTime() + time.toNanos();
        context.runOnContext(now -> {
            List<Future<Long>> lanes = new ArrayList<>(inFlight);
            for (int lane = 0; lane < inFlight; lane++) {
                lanes.add(lane(steps, end, 0));
            }
            Future.join(lanes)
                    .map(all -> lanes.stream().mapToLong(Future::result).sum())
                    .onComplete(done::complete, done::completeExceptionally);
        });
        return done.join();
    }

    private Future<Long> lane(Steps steps, long end, long before) {
        return batch(steps)
                .compose(count -> System.nanoTime() - end < 0
                        ? lane(steps, end, before + count)
                        : Future.succeededFuture(before + count));
    }

    private Future<Long> batch(Steps steps) {
        Future<List<EntryId>> appended = broker.append(STREAM, tasks);
        return switch (steps) {
            case APPEND -> appended.map(ids -> (long) ids.size());
            case ALL -> appended.compose(ids -> broker.readGroup(read)).compose(this::finish);
        };
    }

    private Future<Long> finish(List<StreamEntry> entries) {
        List<EntryId> ids = new ArrayList<>(entries.size());
        for (StreamEntry entry : entries) {
            ids.add(entry.id());
        }
        Future<Long> acknowledged = broker.acknowledge(STREAM, GROUP, ids);
        return broker.delete(STREAM, ids).compose(deleted -> acknowledged);
    }

    @Override
    public void close() {
        // One after the other: on a context of its own, the end of Vert.x would find nobody left to tell.
        broker.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
