package peagen.bench.streams.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.io.EOFException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.RedisAddress;

/**
 * One connection that keeps its calls in order. It connects when a call needs it, bounds what is on its way, queues the rest,
 * and gives every call a time limit. When the connection breaks, the calls on their way fail, and those that were not sent yet
 * go out on the next connection.
 *
 * <p>{@link #send} may be called from any thread; everything else happens on one event-loop context, without locks.
 */
final class RedisLink {

    /** What a call is bound to that does not care which connection it goes over. */
    static final long ANY_SESSION = 0;

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    private final Context context;
    private final RedisAddress address;
    private final Limits limits;
    private final Dialer dialer;
    private final Deadlines deadlines;

    private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
    private final ArrayDeque<Call<?>> inFlight = new ArrayDeque<>();
    private final Promise<Void> closed = Promise.promise();
    private Optional<Dialer.Session> session = Optional.empty();
    private long sessions;
    private boolean closing;
    private int unanswered;
    private long unansweredBytes;

    RedisLink(Vertx vertx, Context context, RedisAddress address, Limits limits, int capacity) {
        this.context = context;
        this.address = address;
        this.limits = limits;
        this.dialer = new Dialer(vertx, address, limits, capacity);
        this.deadlines = new Deadlines(vertx, this::expire);
    }

    /** Sends {@code call} after everything that was sent before. From any thread. */
    void send(Call<?> call) {
        context.runOnContext(task -> accept(call));
    }

    /** Refuses new calls and ends the connection when all others are answered. From any thread. */
    Future<Void> close() {
        context.runOnContext(task -> {
            closing = true;
            closeWhenDone();
        });
        return closed.future();
    }

    /** The server's name for this connection while a read is blocked on it, for CLIENT UNBLOCK. On the link's context only. */
    OptionalLong blockedClient() {
        return session.isPresent() && !inFlight.isEmpty() && session.get().clientId() > 0
                ? OptionalLong.of(session.get().clientId())
                : OptionalLong.empty();
    }

    private void accept(Call<?> call) {
        if (closing) {
            call.fail(new BrokerException(Reason.UNREACHABLE, call.operation() + ": this broker is closed"));
            return;
        }
        call.deadlineNanos(System.nanoTime()
                + limits.answer().toNanos()
                + TimeUnit.MILLISECONDS.toNanos(blockedAhead(call) + call.blockMillis()));
        waiting.add(call);
        pump();
    }

    private void pump() {
        while (!waiting.isEmpty() && isStranded(waiting.getFirst())) {
            Call<?> stranded = waiting.removeFirst();
            stranded.fail(Failures.stranded(stranded.operation(), address));
        }
        if (session.isEmpty()) {
            dial();
        } else {
            Dialer.Session open = session.get();
            while (!waiting.isEmpty() && fits(waiting.getFirst())) {
                write(open, waiting.removeFirst());
            }
        }
        deadlines.watch(inFlight, waiting);
        closeWhenDone();
    }

    /** Whether the connection is gone on which {@code call} depends. */
    private boolean isStranded(Call<?> call) {
        return call.boundTo() != ANY_SESSION && (session.isEmpty() || call.boundTo() != sessions);
    }

    /** A call that is too large for the bounds goes alone. */
    private boolean fits(Call<?> call) {
        return inFlight.isEmpty()
                || (unanswered + call.requests().size() <= limits.unanswered()
                        && unansweredBytes + call.bytes() <= limits.unansweredBytes());
    }

    private void write(Dialer.Session open, Call<?> call) {
        inFlight.addLast(call);
        call.writtenTo(sessions);
        unanswered += call.requests().size();
        unansweredBytes += call.bytes();
        Future<List<@Nullable Response>> replies = call.requests().size() == 1
                ? open.connection().send(call.requests().get(0)).map(Collections::singletonList)
                : open.connection().batch(call.requests());
        replies.onComplete(
                (List<@Nullable Response> answers) -> {
                    if (settle(open, call)) {
                        dialer.proven();
                        call.succeed(answers);
                        pump();
                    }
                },
                (Throwable failure) -> {
                    if (Failures.breaksConnection(failure)) {
                        drop(open, failure);
                    } else if (settle(open, call)) {
                        call.fail(Failures.refused(call.operation(), address, failure));
                        pump();
                    }
                });
    }

    /** Takes {@code call} off the calls on their way; false when its connection has been given up meanwhile. */
    private boolean settle(Dialer.Session from, Call<?> call) {
        if (!isCurrent(from) || !inFlight.remove(call)) {
            return false;
        }
        unanswered -= call.requests().size();
        unansweredBytes -= call.bytes();
        return true;
    }

    private boolean isCurrent(Dialer.Session from) {
        return session.filter(from::isSame).isPresent();
    }

    private void dial() {
        if (waiting.isEmpty() || dialer.isDialing()) {
            return;
        }
        dialer.dial()
                .onComplete(
                        open -> {
                            session = Optional.of(open);
                            sessions++;
                            open.connection().endHandler(end -> drop(open, new EOFException("the connection ended")));
                            open.connection().exceptionHandler(failure -> drop(open, failure));
                            pump();
                        },
                        failure -> {
                            BrokerException cause = Failures.notConnected(address, failure);
                            drain(waiting, cause);
                            closeWhenDone();
                        });
    }

    private void drop(Dialer.Session broken, Throwable cause) {
        if (!isCurrent(broken)) {
            return;
        }
        session = Optional.empty();
        dialer.release(broken);
        LOG.atDebug()
                .setMessage("connection lost")
                .addKeyValue("server", address)
                .addKeyValue("unanswered", unanswered)
                .log();
        unanswered = 0;
        unansweredBytes = 0;
        while (!inFlight.isEmpty()) {
            Call<?> call = inFlight.removeFirst();
            call.fail(Failures.disconnected(call.operation(), address, cause));
        }
        pump();
    }

    private void expire() {
        long now = System.nanoTime();
        if (!inFlight.isEmpty() && inFlight.getFirst().deadlineNanos() - now <= 0) {
            Call<?> late = inFlight.getFirst();
            Throwable cause = new TimeoutException("no answer within " + seconds(late));
            session.ifPresent(open -> drop(open, cause));
        }
        while (!waiting.isEmpty() && waiting.getFirst().deadlineNanos() - now <= 0) {
            Call<?> late = waiting.removeFirst();
            late.fail(new BrokerException(
                    Reason.UNREACHABLE,
                    late.operation() + " at " + address + ": could not be sent within " + seconds(late)));
        }
        pump();
    }

    private String seconds(Call<?> call) {
        return (limits.answer().toMillis() + call.blockMillis()) / 1000.0 + " s";
    }

    private void closeWhenDone() {
        if (closing && waiting.isEmpty() && inFlight.isEmpty() && !dialer.isDialing()) {
            deadlines.stop();
            Optional<Dialer.Session> last = session;
            session = Optional.empty();
            last.ifPresentOrElse(
                    open -> open.client().close().onComplete(done -> closed.tryComplete()), closed::tryComplete);
        }
    }

    /** How long the blocking reads ahead of a blocking read may take. */
    private long blockedAhead(Call<?> call) {
        long millis = 0;
        if (call.blockMillis() > 0) {
            for (Call<?> ahead : inFlight) {
                millis += ahead.blockMillis();
            }
            for (Call<?> ahead : waiting) {
                millis += ahead.blockMillis();
            }
        }
        return millis;
    }

    private static void drain(ArrayDeque<Call<?>> calls, BrokerException cause) {
        while (!calls.isEmpty()) {
            calls.removeFirst().fail(cause);
        }
    }
}
