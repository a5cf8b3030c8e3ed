package peagen.bench.streams.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.CallerPromise;

/** Asks a link and answers the caller on its own context. From any thread. */
final class RedisCalls {

    private final RedisLink link;
    private final Context fallback;

    /** @param fallback where callers without a Vert.x context are answered */
    RedisCalls(RedisLink link, Context fallback) {
        this.link = link;
        this.fallback = fallback;
    }

    RedisLink link() {
        return link;
    }

    /** Sends one command that is never answered with a null. */
    <T> Future<T> ask(String operation, Request request, Function<Response, T> decode) {
        return askAll(operation, List.of(request), 0, replies -> decode.apply(replies.get(0)));
    }

    /** Sends commands in one write; {@code decode} gets their replies in the same order. */
    <T> Future<T> askAll(String operation, List<Request> requests, long bytes, Function<List<Response>, T> decode) {
        return send(link, operation, requests, bytes, 0, replies -> decode.apply(Replies.present(replies)));
    }

    /** Sends a command over {@code reader} that may be answered up to {@code blockMillis} later, and with a null. */
    <T> Future<T> askBlocking(
            RedisLink reader,
            String operation,
            Request request,
            long blockMillis,
            Function<Optional<Response>, T> decode) {
        return send(
                reader,
                operation,
                List.of(request),
                0,
                blockMillis,
                replies -> decode.apply(Optional.ofNullable(replies.get(0))));
    }

    private <T> Future<T> send(
            RedisLink over,
            String operation,
            List<Request> requests,
            long bytes,
            long blockMillis,
            Function<List<@Nullable Response>, T> decode) {
        CallerPromise<T> answer = CallerPromise.orElseOn(fallback);
        over.send(new Call<>(operation, requests, bytes, blockMillis, decode, answer));
        return answer.future();
    }

    /** Creates a group and its stream; one that exists is left as it is. */
    Future<Void> createGroup(String stream, String group, EntryId from) {
        return ask("XGROUP CREATE " + stream + " " + group, Requests.createGroup(stream, group, from), ok -> true)
                .recover(failure ->
                        Failures.groupExists(failure) ? Future.succeededFuture(true) : Future.failedFuture(failure))
                .mapEmpty();
    }

    /** Asks; if the group is missing, creates it at {@code 0-0} and asks once more. */
    <T> Future<T> healing(String stream, String group, Supplier<Future<T>> question) {
        return question.get()
                .recover(failure -> Failures.missingGroup(failure)
                        ? createGroup(stream, group, EntryId.MIN).compose(created -> question.get())
                        : Future.failedFuture(failure));
    }
}
