package peagen.bench.streams.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.CallerPromise;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker.Commit;

/**
 * MULTI … EXEC: over the shared connection, or behind WATCH over a connection that nothing else uses in between. What was watched
 * is forgotten with the connection, so EXEC goes over the very connection that WATCH went over or not at all. From any thread.
 */
final class Transactions {

    /** A transaction cannot be cut, so this is the largest. */
    private static final int LARGEST = RedisConnections.CAPACITY - 2;

    private static final long BYTES_PER_ID = 32;

    private final RedisCalls calls;
    private final RedisAddress address;
    private final Context fallback;
    private final Supplier<RedisLink> links;
    private final Queue<RedisLink> free = new ConcurrentLinkedQueue<>();
    private final Set<RedisLink> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Everything between MULTI and EXEC, both included. */
    private record Prepared(String operation, List<Request> requests, long bytes) {
        static Prepared of(Commit commit) {
            List<Request> requests = new ArrayList<>();
            long bytes = 0;
            requests.add(Request.cmd(Command.MULTI));
            for (Commit.Append append : commit.appends()) {
                requests.add(Requests.append(Requests.utf8(append.stream()), append.entry()));
                bytes += Requests.weight(append.entry());
            }
            for (Commit.Acknowledge acknowledge : commit.acknowledges()) {
                if (!acknowledge.ids().isEmpty()) {
                    requests.add(Requests.acknowledge(acknowledge.stream(), acknowledge.group(), acknowledge.ids()));
                    bytes += BYTES_PER_ID * acknowledge.ids().size();
                }
            }
            for (Commit.Put put : commit.puts()) {
                requests.add(Requests.put(put));
                bytes += put.key().length() + put.value().bytes().length;
            }
            requests.add(Request.cmd(Command.EXEC));
            return new Prepared(name(commit), requests, bytes);
        }

        private static String name(Commit commit) {
            return "commit to "
                    + commit.appends().stream()
                            .map(Commit.Append::stream)
                            .distinct()
                            .toList();
        }

        boolean isNothing() {
            return requests.size() == 2;
        }

        /** Why it cannot be sent. */
        static Optional<BrokerException> refusal(Commit commit) {
            for (Commit.Append append : commit.appends()) {
                if (append.entry().size() == 0) {
                    return Optional.of(new BrokerException(
                            Reason.REJECTED, "commit to " + append.stream() + ": an entry needs at least one field"));
                }
            }
            long commands = 2L
                    + commit.appends().size()
                    + commit.acknowledges().size()
                    + commit.puts().size();
            return commands <= LARGEST
                    ? Optional.empty()
                    : Optional.of(new BrokerException(
                            Reason.REJECTED,
                            name(commit) + ": " + commands + " commands are too many for one transaction"));
        }
    }

    /** @param links makes a connection for transactions behind WATCH */
    Transactions(RedisCalls calls, RedisAddress address, Context fallback, Supplier<RedisLink> links) {
        this.calls = calls;
        this.address = address;
        this.fallback = fallback;
        this.links = links;
    }

    Future<Void> commit(Commit commit) {
        Optional<BrokerException> refusal = Prepared.refusal(commit);
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        Prepared prepared = Prepared.of(commit);
        return prepared.isNothing()
                ? Future.succeededFuture()
                : over(calls.link(), prepared, RedisLink.ANY_SESSION).mapEmpty();
    }

    Future<Boolean> commitIfUnchanged(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        if (keys.isEmpty()) {
            return Future.succeededFuture(List.<Optional<byte[]>>of())
                    .compose(nothing -> commit(decide.apply(nothing)))
                    .map(true);
        }
        if (closed) {
            return Future.failedFuture(
                    new BrokerException(Reason.UNREACHABLE, "WATCH " + keys.get(0) + ": this broker is closed"));
        }
        RedisLink link = Optional.ofNullable(free.poll()).orElseGet(this::newLink);
        return watch(link, keys, decide).andThen(done -> free.add(link));
    }

    private RedisLink newLink() {
        RedisLink link = links.get();
        all.add(link);
        return link;
    }

    private Future<Boolean> watch(RedisLink link, List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        CallerPromise<List<Optional<byte[]>>> answer = CallerPromise.orElseOn(fallback);
        Call<List<Optional<byte[]>>> watch = new Call<>(
                "WATCH " + keys.get(0),
                List.of(Requests.withKeys(Command.WATCH, keys), Requests.withKeys(Command.MGET, keys)),
                0,
                0,
                replies -> Replies.values(Replies.present(replies).get(1)),
                answer);
        link.send(watch);
        return answer.future().compose(values -> {
            Commit commit;
            try {
                commit = decide.apply(values);
            } catch (RuntimeException undecided) {
                return forget(link, undecided);
            }
            Optional<BrokerException> refusal = Prepared.refusal(commit);
            return refusal.isPresent()
                    ? forget(link, refusal.get())
                    : over(link, Prepared.of(commit), watch.writtenTo());
        });
    }

    private Future<Boolean> forget(RedisLink link, RuntimeException cause) {
        CallerPromise<Boolean> answer = CallerPromise.orElseOn(fallback);
        link.send(new Call<>(
                "UNWATCH", List.of(Request.cmd(Command.UNWATCH)), 0, 0, replies -> !replies.isEmpty(), answer));
        return answer.future().transform(forgotten -> Future.failedFuture(cause));
    }

    private Future<Boolean> over(RedisLink link, Prepared prepared, long session) {
        CallerPromise<Boolean> answer = CallerPromise.orElseOn(fallback);
        link.send(new Call<>(
                prepared.operation(),
                prepared.requests(),
                prepared.bytes(),
                0,
                replies -> executed(prepared.operation(), replies.get(replies.size() - 1)),
                answer,
                session));
        return answer.future();
    }

    /**
     * EXEC answers null when something that was watched has changed. A command that fails while it runs leaves its error
     * between the replies of the others.
     */
    private boolean executed(String operation, @Nullable Response exec) {
        if (exec == null) {
            return false;
        }
        for (Response reply : exec) {
            if (reply != null && reply.type() == ResponseType.ERROR && reply instanceof Throwable error) {
                throw Failures.refused(operation, address, error);
            }
        }
        return true;
    }

    /** Ends the connections once what was sent is answered; what has only been watched does not happen. */
    Future<Void> close() {
        closed = true;
        List<Future<Void>> ends = new ArrayList<>();
        all.forEach(link -> ends.add(link.close()));
        return Future.join(ends).mapEmpty();
    }
}
