package peagen.bench.streams;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;

/**
 * An answer that always arrives on the Vert.x context of whoever asked, in a task of its own: a handler never runs inside the
 * call that completes it, so that loops of calls do not become recursions and no lock is held while a handler runs.
 *
 * <p>For the adapters of {@link StreamBroker}. May be completed from any thread; only the first completion counts.
 */
public final class CallerPromise<T> {

    private final Context context;
    private final Promise<T> promise;

    /** Only a promise of the context itself also calls handlers there that are added after its completion. */
    private CallerPromise(Context context) {
        this.context = context;
        this.promise = ((ContextInternal) context).promise();
    }

    /** A promise for the current context, or for {@code fallback} when the calling thread has none. */
    public static <T> CallerPromise<T> orElseOn(Context fallback) {
        Context current = Vertx.currentContext();
        return new CallerPromise<>(current == null ? fallback : current);
    }

    /** What the caller gets. */
    public Future<T> future() {
        return promise.future();
    }

    /** Hands {@code value} over. */
    public void complete(T value) {
        context.runOnContext(task -> promise.tryComplete(value));
    }

    /** Makes the answer on the caller's context, which spares the completing thread the work, and hands it over. */
    public void completeWith(Supplier<T> answer) {
        context.runOnContext(task -> {
            try {
                promise.tryComplete(answer.get());
            } catch (RuntimeException unexpected) {
                promise.tryFail(unexpected);
            }
        });
    }

    /** Hands a failure over. */
    public void fail(Throwable cause) {
        context.runOnContext(task -> promise.tryFail(cause));
    }
}
