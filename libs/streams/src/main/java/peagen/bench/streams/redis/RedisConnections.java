package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import peagen.bench.streams.RedisAddress;

/**
 * The connections of one broker. A verticle, because that gives them an event loop of their own whatever context the broker
 * was asked for on: a caller that blocks its own thread cannot block its answers.
 */
final class RedisConnections extends VerticleBase {

    /** How many commands a connection may be waiting for; beyond it the client refuses. Largest possible transaction. */
    static final int CAPACITY = 65_536;

    private static final int READER_CAPACITY = 16;

    private final RedisAddress address;
    private final Limits limits;
    private Optional<RedisCalls> commands = Optional.empty();
    private Optional<BlockingReads> blockingReads = Optional.empty();
    private Optional<Transactions> transactions = Optional.empty();
    private volatile Optional<String> serverVersion = Optional.empty();

    RedisConnections(RedisAddress address, Limits limits) {
        this.address = address;
        this.limits = limits;
    }

    @Override
    public Future<?> start() {
        RedisCalls calls = new RedisCalls(link(), context);
        commands = Optional.of(calls);
        blockingReads = Optional.of(new BlockingReads(vertx, context, calls, this::reader));
        transactions = Optional.of(new Transactions(calls, address, context, this::link));
        return new ServerCheck(address)
                .check(calls)
                .onSuccess(version -> serverVersion = version)
                .recover(unfit -> calls.link().close().transform(closed -> Future.failedFuture(unfit)));
    }

    /** Once started. */
    RedisCalls commands() {
        return commands.orElseThrow();
    }

    /** Once started. */
    BlockingReads blockingReads() {
        return blockingReads.orElseThrow();
    }

    /** Once started. */
    Transactions transactions() {
        return transactions.orElseThrow();
    }

    /** Once started; empty when the server did not tell. From any thread. */
    Optional<String> serverVersion() {
        return serverVersion;
    }

    private RedisLink link() {
        return new RedisLink(vertx, context, address, limits, CAPACITY);
    }

    private RedisLink reader() {
        Limits oneAtATime =
                new Limits(limits.answer(), limits.connect(), 1, 1, limits.firstBackOff(), limits.longestBackOff());
        return new RedisLink(vertx, context, address, oneAtATime, READER_CAPACITY);
    }

    /** Ends the reads, then the transactions, then everything else. */
    @Override
    public Future<?> stop() {
        return blockingReads()
                .close()
                .compose(ended -> transactions().close())
                .compose(ended -> commands().link().close());
    }

    /** Stops and undeploys. A second time it does nothing. */
    Future<Void> close() {
        String id = context.deploymentID();
        return vertx.deploymentIDs().contains(id) ? vertx.undeploy(id) : Future.succeededFuture();
    }
}
