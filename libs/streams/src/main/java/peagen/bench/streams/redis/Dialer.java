package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import peagen.bench.contract.Secret;
import peagen.bench.streams.RedisAddress;

/**
 * Makes the connections of a link: within a time limit, and after failures with growing pauses, so that a caller which tries
 * again and again does not keep a core busy. Confined to the link's context.
 *
 * <p>Each connection has a client of its own, because closing the client is what closes a socket that no longer answers; the
 * pool behind a shared one would wait for it.
 */
final class Dialer {

    private final Vertx vertx;
    private final Limits limits;
    private final RedisOptions options;
    private boolean dialing;
    private boolean proven;
    private long backOffMillis;
    private long notBeforeNanos;

    /**
     * A live connection.
     *
     * @param client owns the socket
     * @param clientId the server's name for the connection; 0 when it would not tell
     */
    record Session(Redis client, RedisConnection connection, long clientId) {

        /** Two sessions never share a client. */
        boolean isSame(Session other) {
            return client.equals(other.client);
        }
    }

    Dialer(Vertx vertx, RedisAddress address, Limits limits, int capacity) {
        this.vertx = vertx;
        this.limits = limits;
        this.options = options(address, limits, capacity);
    }

    boolean isDialing() {
        return dialing;
    }

    /** Connects and shakes hands. Not to be called while {@link #isDialing}. */
    Future<Session> dial() {
        dialing = true;
        proven = false;
        Promise<Session> outcome = Promise.promise();
        long pause = TimeUnit.NANOSECONDS.toMillis(notBeforeNanos - System.nanoTime());
        if (backOffMillis > 0 && pause > 0) {
            vertx.setTimer(pause, go -> attempt(outcome));
        } else {
            attempt(outcome);
        }
        return outcome.future();
    }

    /** Notes that the server answers commands: the next failure counts as a first one. */
    void proven() {
        proven = true;
        backOffMillis = 0;
    }

    /** Closes a connection that broke. */
    void release(Session broken) {
        if (!proven) {
            backOff();
        }
        broken.client().close();
    }

    private void attempt(Promise<Session> outcome) {
        Redis client;
        try {
            client = Redis.createClient(vertx, options);
        } catch (RuntimeException vertxIsClosed) {
            dialing = false;
            outcome.fail(vertxIsClosed);
            return;
        }
        long millis = limits.connect().toMillis();
        long limit = vertx.setTimer(
                millis,
                late -> failed(outcome, client, new TimeoutException("no answer within " + millis / 1000.0 + " s")));
        client.connect()
                .compose(connection -> identify(client, connection))
                .onComplete(
                        session -> {
                            vertx.cancelTimer(limit);
                            connected(outcome, session);
                        },
                        failure -> {
                            vertx.cancelTimer(limit);
                            failed(outcome, client, failure);
                        });
    }

    private void connected(Promise<Session> outcome, Session session) {
        if (outcome.future().isComplete()) {
            session.client().close(); // too late
        } else {
            dialing = false;
            outcome.complete(session);
        }
    }

    private void failed(Promise<Session> outcome, Redis client, Throwable failure) {
        if (!outcome.future().isComplete()) {
            dialing = false;
            backOff();
            client.close();
            outcome.fail(failure);
        }
    }

    private static Future<Session> identify(Redis client, RedisConnection connection) {
        return connection
                .send(Request.cmd(Command.CLIENT).arg("ID"))
                .map(id -> new Session(client, connection, Replies.number(id)))
                .recover(refused -> Failures.breaksConnection(refused) || Failures.lacksPassword(refused)
                        ? Future.failedFuture(refused)
                        : Future.succeededFuture(new Session(client, connection, 0)));
    }

    private void backOff() {
        long first = limits.firstBackOff().toMillis();
        backOffMillis = Math.min(limits.longestBackOff().toMillis(), backOffMillis == 0 ? first : 2 * backOffMillis);
        notBeforeNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backOffMillis);
    }

    private static RedisOptions options(RedisAddress address, Limits limits, int capacity) {
        NetClientOptions net = new NetClientOptions()
                .setTcpKeepAlive(true)
                .setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
        if (address.tls()) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
            address.certificateAuthority()
                    .ifPresent(pem -> net.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        }
        RedisOptions options = new RedisOptions()
                .setConnectionString(address.endpoint() + (address.database() == 0 ? "" : "/" + address.database()))
                .setPreferredProtocolVersion(ProtocolVersion.RESP2)
                .setMaxWaitingHandlers(capacity)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setPoolRecycleTimeout(-1)
                .setNetClientOptions(net);
        address.user().ifPresent(options::setUser);
        address.password().map(Secret::reveal).ifPresent(options::setPassword);
        return options;
    }
}
