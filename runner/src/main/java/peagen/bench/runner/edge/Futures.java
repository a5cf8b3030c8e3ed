package peagen.bench.runner.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** What Vert.x has no word for. */
final class Futures {

    private Futures() {}

    /** What the one of the two came to that ended first, well or not. */
    static <T> Future<T> first(Future<? extends T> one, Future<? extends T> other) {
        Promise<T> promise = Promise.promise();
        one.onSuccess(promise::tryComplete).onFailure(promise::tryFail);
        other.onSuccess(promise::tryComplete).onFailure(promise::tryFail);
        return promise.future();
    }
}
