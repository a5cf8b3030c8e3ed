package peagen.bench.streams.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.GroupRead;

/** The connections of blocking reads: one for every consumer of a group, made when it first reads. */
final class BlockingReads {

    private static final long UNBLOCK_EVERY_MILLIS = 20;

    private final Vertx vertx;
    private final Context context;
    private final Supplier<RedisLink> links;
    private final RedisCalls calls;
    private final ConcurrentHashMap<Reader, RedisLink> readers = new ConcurrentHashMap<>();

    private record Reader(String stream, String group, String consumer) {}

    /** @param links makes a link that sends one read at a time */
    BlockingReads(Vertx vertx, Context context, RedisCalls calls, Supplier<RedisLink> links) {
        this.vertx = vertx;
        this.context = context;
        this.calls = calls;
        this.links = links;
    }

    Future<List<StreamEntry>> read(GroupRead read) {
        RedisLink link = readers.computeIfAbsent(
                new Reader(read.stream(), read.group(), read.consumer()), reader -> links.get());
        long end = System.nanoTime() + read.block().toNanos();
        return calls.healing(read.stream(), read.group(), () -> {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            return calls.askBlocking(
                    link,
                    "XREADGROUP " + read.stream() + " " + read.group(),
                    Requests.readGroup(read, left),
                    Math.max(1, left.toMillis()),
                    Replies::readOf);
        });
    }

    /** Ends all reads; one that is blocked comes back empty at once, so that no entry is delivered into the void. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(task -> {
            List<Future<Void>> ends = new ArrayList<>();
            readers.values().forEach(link -> ends.add(link.close()));
            Future<Void> ended = Future.all(ends).mapEmpty();
            unblock(ended);
            ended.onComplete(done);
        });
        return done.future();
    }

    /** A read on its way to the server cannot be unblocked yet, so this goes on until all have ended. */
    private void unblock(Future<Void> ended) {
        List<Request> unblocks = new ArrayList<>();
        readers.values()
                .forEach(link -> link.blockedClient()
                        .ifPresent(id -> unblocks.add(
                                Request.cmd(Command.CLIENT).arg("UNBLOCK").arg(id))));
        if (!unblocks.isEmpty()) {
            calls.askAll("CLIENT UNBLOCK", unblocks, 0, replies -> replies.size())
                    .onComplete(answer -> vertx.setTimer(UNBLOCK_EVERY_MILLIS, again -> {
                        if (!ended.isComplete() && answer.succeeded()) {
                            unblock(ended);
                        }
                    }));
        }
    }
}
