package peagen.bench.runner.conformance.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import peagen.bench.runner.conformance.domain.Traffic;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.RedisAddress;

/** The workers' way to Redis, on which their commands are heard. From any thread. */
public interface Watched {

    /** Opens a way to a Redis. */
    interface Opener {
        /** Opens a way to {@code redis}, the server of {@code source}. */
        Future<Watched> open(Vertx vertx, BrokerSource source, RedisAddress redis);
    }

    /** Where workers connect to. */
    RedisAddress address();

    /** Everything that was heard so far. */
    Traffic heard();

    /** Ends every connection. */
    Future<Void> close();
}
