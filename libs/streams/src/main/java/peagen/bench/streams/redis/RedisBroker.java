package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;

/**
 * The stream port on a Redis server, 6.2 or newer. One connection carries all commands, pipelined, in the order of the calls;
 * every consumer that blocks in a read has a connection of its own, and so has every commit that depends on what keys hold. Connections that break are made again by the next call.
 *
 * <p>Every operation ends within ten seconds, its block time not counted: a server that does not answer by then fails it with
 * {@link Reason#UNREACHABLE}.
 */
public final class RedisBroker implements StreamBroker {

    /** More commands than this are written in several goes, which keeps the first replies from waiting for the last request. */
    private static final int COMMANDS_PER_WRITE = 1_024;

    private static final long BYTES_PER_WRITE = 4L << 20;
    private static final int IDS_PER_COMMAND = 8_192;

    private final RedisConnections connections;
    private final RedisCalls calls;
    private final BlockingReads blockingReads;
    private final StaleClaims staleClaims;
    private final GroupPositions groups;
    private final Measures measures;
    private final Transactions transactions;
    private final DeadConsumers deadConsumers;

    RedisBroker(RedisConnections connections) {
        this.connections = connections;
        this.calls = connections.commands();
        this.blockingReads = connections.blockingReads();
        this.staleClaims = new StaleClaims(calls);
        this.groups = new GroupPositions(calls);
        this.measures = new Measures(calls);
        this.transactions = connections.transactions();
        this.deadConsumers = new DeadConsumers(calls);
    }

    /**
     * Connects, and makes sure that the server is one to work with. Fails with {@link BrokerException} when nobody answers,
     * when a password is missing or refused, and when the server is a replica, too old, lacks the database, or is no Redis.
     */
    public static Future<RedisBroker> connect(Vertx vertx, RedisAddress address) {
        return connect(vertx, address, Limits.DEFAULT);
    }

    static Future<RedisBroker> connect(Vertx vertx, RedisAddress address, Limits limits) {
        RedisConnections connections = new RedisConnections(address, limits);
        return vertx.deployVerticle(connections).map(id -> new RedisBroker(connections));
    }

    /** What the server said of its version when connected, such as {@code 7.0.15}; empty when its user may not ask. */
    public Optional<String> serverVersion() {
        return connections.serverVersion();
    }

    @Override
    public Future<List<EntryId>> append(String stream, List<Fields> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        byte[] key = Requests.utf8(stream);
        String operation = "XADD " + stream;
        List<Future<List<EntryId>>> parts = new ArrayList<>(1);
        List<Request> requests = new ArrayList<>(Math.min(entries.size(), COMMANDS_PER_WRITE));
        long bytes = 0;
        for (Fields entry : entries) {
            if (entry.size() == 0) {
                return refuse(operation + ": an entry needs at least one field");
            }
            if (requests.size() == COMMANDS_PER_WRITE || bytes > BYTES_PER_WRITE) {
                parts.add(calls.askAll(operation, requests, bytes, Replies::ids));
                requests = new ArrayList<>(COMMANDS_PER_WRITE);
                bytes = 0;
            }
            requests.add(Requests.append(key, entry));
            bytes += Requests.weight(entry);
        }
        parts.add(calls.askAll(operation, requests, bytes, Replies::ids));
        return joined(parts);
    }

    private static Future<List<EntryId>> joined(List<Future<List<EntryId>>> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return Future.join(parts).map(all -> {
            List<EntryId> ids = new ArrayList<>();
            parts.forEach(part -> ids.addAll(part.result()));
            return ids;
        });
    }

    @Override
    public Future<Void> createGroup(String stream, String group, EntryId from) {
        return calls.createGroup(stream, group, from);
    }

    @Override
    public Future<List<StreamEntry>> readGroup(GroupRead read) {
        if (read.count() < 1) {
            return refuse("XREADGROUP " + read.stream() + ": count " + read.count() + " is less than 1");
        }
        if (!read.block().isZero()) {
            return blockingReads.read(read);
        }
        String operation = "XREADGROUP " + read.stream() + " " + read.group();
        return calls.healing(
                read.stream(),
                read.group(),
                () -> calls.askBlocking(
                        calls.link(), operation, Requests.readGroup(read, read.block()), 0, Replies::readOf));
    }

    @Override
    public Future<Long> acknowledge(String stream, String group, List<EntryId> ids) {
        return counted("XACK " + stream + " " + group, ids, some -> Requests.acknowledge(stream, group, some));
    }

    @Override
    public Future<Long> delete(String stream, List<EntryId> ids) {
        return counted("XDEL " + stream, ids, some -> Requests.delete(stream, some));
    }

    private Future<Long> counted(String operation, List<EntryId> ids, Function<List<EntryId>, Request> request) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(0L);
        }
        List<Request> requests = new ArrayList<>(1);
        for (int from = 0; from < ids.size(); from += IDS_PER_COMMAND) {
            requests.add(request.apply(ids.subList(from, Math.min(ids.size(), from + IDS_PER_COMMAND))));
        }
        return calls.askAll(operation, requests, 32L * ids.size(), replies -> {
            long count = 0;
            for (Response reply : replies) {
                count += Replies.number(reply);
            }
            return count;
        });
    }

    @Override
    public Future<Void> commit(Commit commit) {
        return transactions.commit(commit);
    }

    @Override
    public Future<Boolean> commitIfUnchanged(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        return transactions.commitIfUnchanged(keys, decide);
    }

    @Override
    public Future<StaleEntries> claimStale(StaleClaim claim) {
        return staleClaims.claim(claim);
    }

    @Override
    public Future<List<PendingEntry>> pending(String stream, String group, EntryId from, EntryId to, int count) {
        Request request = Requests.pending(stream, group, from, to, count);
        return calls.healing(
                stream, group, () -> calls.ask("XPENDING " + stream + " " + group, request, Replies::pending));
    }

    @Override
    public Future<List<StreamEntry>> range(String stream, EntryId from, EntryId to, int count) {
        return calls.ask("XRANGE " + stream, Requests.range(stream, from, to, count), Replies::entries);
    }

    @Override
    public Future<Long> trim(String stream) {
        return groups.trim(stream);
    }

    @Override
    public Future<Long> trimToLength(String stream, long length) {
        return calls.ask("XTRIM " + stream, Requests.trimToLength(stream, length), Replies::number);
    }

    @Override
    public Future<GroupInfo> groupInfo(String stream, String group) {
        return groups.info(stream, group);
    }

    @Override
    public Future<Long> removeConsumers(String stream, String group, Duration idleFor) {
        return deadConsumers.remove(stream, group, idleFor);
    }

    @Override
    public Future<Long> length(String stream) {
        return calls.ask("XLEN " + stream, Request.cmd(Command.XLEN).arg(stream), Replies::number);
    }

    @Override
    public Future<Long> serverTimeMicros() {
        return calls.ask(
                "TIME",
                Request.cmd(Command.TIME),
                time -> Replies.number(time.get(0)) * 1_000_000 + Replies.number(time.get(1)));
    }

    @Override
    public Future<Long> memory(String key) {
        return measures.memory(key);
    }

    @Override
    public Future<Optional<Duration>> oldestPendingIdle(String stream, String group) {
        return measures.oldestPendingIdle(stream, group);
    }

    @Override
    public Future<Void> close() {
        return connections.close();
    }

    private static <T> Future<T> refuse(String why) {
        return Future.failedFuture(new BrokerException(Reason.REJECTED, why));
    }
}
