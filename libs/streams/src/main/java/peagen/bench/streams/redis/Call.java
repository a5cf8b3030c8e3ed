package peagen.bench.streams.redis;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.CallerPromise;

/** Commands that are written together, and the promise of what is made of their replies. Confined to the link's context. */
final class Call<T> {

    private final String operation;
    private final List<Request> requests;
    private final long bytes;
    private final long blockMillis;
    private final Function<List<@Nullable Response>, T> decode;
    private final CallerPromise<T> answer;
    private final long boundTo;
    private long deadlineNanos;
    private long writtenTo;

    /** Commands that may go over any session of the link. */
    Call(
            String operation,
            List<Request> requests,
            long bytes,
            long blockMillis,
            Function<List<@Nullable Response>, T> decode,
            CallerPromise<T> answer) {
        this(operation, requests, bytes, blockMillis, decode, answer, RedisLink.ANY_SESSION);
    }

    /**
     * @param operation command and stream, for messages
     * @param bytes about how much the requests weigh
     * @param blockMillis how long the server may hold the answer back on purpose
     * @param decode runs on the caller's context; a null reply arrives as a null element
     * @param boundTo the session that these commands depend on: they are not sent over another one
     */
    Call(
            String operation,
            List<Request> requests,
            long bytes,
            long blockMillis,
            Function<List<@Nullable Response>, T> decode,
            CallerPromise<T> answer,
            long boundTo) {
        this.operation = operation;
        this.requests = requests;
        this.bytes = bytes;
        this.blockMillis = blockMillis;
        this.decode = decode;
        this.answer = answer;
        this.boundTo = boundTo;
    }

    String operation() {
        return operation;
    }

    List<Request> requests() {
        return requests;
    }

    long bytes() {
        return bytes;
    }

    long blockMillis() {
        return blockMillis;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    void deadlineNanos(long nanos) {
        deadlineNanos = nanos;
    }

    long boundTo() {
        return boundTo;
    }

    /** The session that it went out over; known to whoever has seen it answered. */
    long writtenTo() {
        return writtenTo;
    }

    void writtenTo(long session) {
        writtenTo = session;
    }

    void succeed(List<@Nullable Response> replies) {
        answer.completeWith(() -> decoded(replies));
    }

    private T decoded(List<@Nullable Response> replies) {
        try {
            return decode.apply(replies);
        } catch (BrokerException refused) {
            throw refused;
        } catch (RuntimeException unexpected) {
            throw new BrokerException(Reason.REJECTED, operation + ": the reply is not what Redis answers", unexpected);
        }
    }

    void fail(Throwable cause) {
        answer.fail(cause);
    }
}
