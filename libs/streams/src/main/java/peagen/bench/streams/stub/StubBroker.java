package peagen.bench.streams.stub;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.CallerPromise;
import peagen.bench.streams.StreamBroker;

/**
 * The StubQueue: the stream port in memory. Several brokers on one {@link StubRedis} see the same streams, as connections to
 * one server do. Block times pass on Vert.x timers; idle times and ids follow the store's clock.
 */
public final class StubBroker implements StreamBroker {

    private final Vertx vertx;
    private final StubRedis store;
    private final Context fallback;
    private volatile boolean closed;

    /** A broker on {@code store}. */
    public StubBroker(Vertx vertx, StubRedis store) {
        this.vertx = vertx;
        this.store = store;
        this.fallback = vertx.getOrCreateContext();
    }

    @Override
    public Future<List<EntryId>> append(String stream, List<Fields> entries) {
        return answer("append to " + stream, () -> {
            refuseEmpty(stream, entries);
            return entries.isEmpty()
                    ? List.of()
                    : store.with(stream, there -> {
                        List<EntryId> ids = there.append(entries);
                        there.wake();
                        return ids;
                    });
        });
    }

    @Override
    public Future<Void> createGroup(String stream, String group, EntryId from) {
        return answer(
                        "create group " + group,
                        () -> store.with(
                                stream,
                                there -> there.groups()
                                        .computeIfAbsent(
                                                group,
                                                missing -> new StubGroup(
                                                        from,
                                                        there.entries()
                                                                .tailMap(from, false)
                                                                .size()))))
                .mapEmpty();
    }

    @Override
    public Future<List<StreamEntry>> readGroup(GroupRead read) {
        CallerPromise<List<StreamEntry>> answer = CallerPromise.orElseOn(fallback);
        if (closed || read.count() < 1) {
            String why = closed ? ": this broker is closed" : ": count " + read.count() + " is less than 1";
            answer.fail(
                    new BrokerException(closed ? Reason.UNREACHABLE : Reason.REJECTED, "read " + read.stream() + why));
            return answer.future();
        }
        store.atomically(() -> store.with(read.stream(), there -> {
            List<StreamEntry> entries =
                    there.group(read.group()).read(there.entries(), read.consumer(), read.count(), store.nowMicros());
            if (entries.isEmpty() && !read.block().isZero()) {
                there.blocked().addLast(new BlockedRead(vertx, this, read, answer, this::timeOut));
            } else {
                answer.complete(entries);
            }
            return there;
        }));
        return answer.future();
    }

    private void timeOut(BlockedRead late) {
        store.with(late.read().stream(), there -> {
            if (there.blocked().remove(late)) {
                late.answer(List.of());
            }
            return there;
        });
    }

    @Override
    public Future<Long> acknowledge(String stream, String group, List<EntryId> ids) {
        return answer("acknowledge in " + stream, () -> acknowledged(stream, group, ids));
    }

    private long acknowledged(String stream, String group, List<EntryId> ids) {
        return store.ifPresent(
                stream,
                0L,
                there -> Optional.ofNullable(there.groups().get(group))
                        .map(present -> present.acknowledge(ids))
                        .orElse(0L));
    }

    @Override
    public Future<Long> delete(String stream, List<EntryId> ids) {
        return answer("delete from " + stream, () -> store.ifPresent(stream, 0L, there -> there.delete(ids)));
    }

    @Override
    public Future<Void> commit(Commit commit) {
        return commitIfUnchanged(List.of(), List.of(), commit).mapEmpty();
    }

    @Override
    public Future<Boolean> commitIfUnchanged(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        return answer("watch " + keys, () -> store.values(keys))
                .compose(held -> commitIfUnchanged(
                        keys,
                        held,
                        decide.apply(held.stream()
                                .map(value -> value.map(StubValue::bytes))
                                .toList())));
    }

    private Future<Boolean> commitIfUnchanged(List<String> keys, List<Optional<StubValue>> held, Commit commit) {
        return answer("commit", () -> {
            commit.appends().forEach(append -> refuseEmpty(append.stream(), List.of(append.entry())));
            boolean[] unchanged = {true};
            store.atomically(() -> {
                unchanged[0] = store.values(keys).equals(held);
                if (unchanged[0]) {
                    execute(commit);
                }
            });
            return unchanged[0];
        });
    }

    private void execute(Commit commit) {
        commit.appends().forEach(append -> store.with(append.stream(), there -> there.append(List.of(append.entry()))));
        commit.acknowledges().forEach(done -> acknowledged(done.stream(), done.group(), done.ids()));
        commit.puts()
                .forEach(put -> store.put(
                        put.key(),
                        new StubValue(
                                put.value().bytes(),
                                store.nowMicros()
                                        + TimeUnit.NANOSECONDS.toMicros(
                                                put.keptFor().toNanos()))));
        commit.appends()
                .forEach(append -> store.with(append.stream(), there -> {
                    there.wake();
                    return there;
                }));
    }

    @Override
    public Future<StaleEntries> claimStale(StaleClaim claim) {
        return answer(
                "claim from " + claim.stream(),
                () -> store.with(
                        claim.stream(),
                        there -> there.group(claim.group()).claim(there.entries(), claim, store.nowMicros())));
    }

    @Override
    public Future<List<PendingEntry>> pending(String stream, String group, EntryId from, EntryId to, int count) {
        return answer(
                "pending of " + stream,
                () -> store.with(stream, there -> there.group(group).pending(from, to, count, store.nowMicros())));
    }

    @Override
    public Future<List<StreamEntry>> range(String stream, EntryId from, EntryId to, int count) {
        return answer(
                "range of " + stream,
                () -> from.compareTo(to) > 0
                        ? List.of()
                        : store.ifPresent(
                                stream,
                                List.of(),
                                there -> there.entries().subMap(from, true, to, true).entrySet().stream()
                                        .limit(count)
                                        .map((Map.Entry<EntryId, Fields> entry) ->
                                                new StreamEntry(entry.getKey(), entry.getValue()))
                                        .toList()));
    }

    @Override
    public Future<Long> trim(String stream) {
        return answer("trim " + stream, () -> store.ifPresent(stream, 0L, StubStream::trim));
    }

    @Override
    public Future<Long> trimToLength(String stream, long length) {
        return answer("trim " + stream, () -> store.ifPresent(stream, 0L, there -> there.trimToLength(length)));
    }

    @Override
    public Future<GroupInfo> groupInfo(String stream, String group) {
        GroupInfo nothing = new GroupInfo(0, 0, 0, EntryId.MIN);
        return answer(
                "info of " + stream,
                () -> store.ifPresent(
                        stream,
                        nothing,
                        there -> Optional.ofNullable(there.groups().get(group))
                                .map(StubGroup::info)
                                .orElse(nothing)));
    }

    @Override
    public Future<Long> removeConsumers(String stream, String group, Duration idleFor) {
        return answer(
                "remove consumers of " + group,
                () -> store.ifPresent(
                        stream,
                        0L,
                        there -> Optional.ofNullable(there.groups().get(group))
                                .map(present -> present.removeConsumers(idleFor, store.nowMicros()))
                                .orElse(0L)));
    }

    @Override
    public Future<Long> length(String stream) {
        return answer(
                "length of " + stream,
                () -> store.ifPresent(
                        stream, 0L, there -> (long) there.entries().size()));
    }

    @Override
    public Future<Long> serverTimeMicros() {
        return answer("time", store::nowMicros);
    }

    @Override
    public Future<Long> memory(String key) {
        return answer("memory of " + key, () -> store.ifPresent(key, 0L, StubStream::bytes));
    }

    @Override
    public Future<Optional<Duration>> oldestPendingIdle(String stream, String group) {
        return answer(
                "pending of " + stream,
                () -> store.ifPresent(
                        stream,
                        Optional.empty(),
                        there -> Optional.ofNullable(there.groups().get(group))
                                .flatMap(present -> present.oldestIdle(LOOKED_AT, store.nowMicros()))));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        store.release(this);
        CallerPromise<Boolean> answer = CallerPromise.orElseOn(fallback);
        answer.complete(true);
        return answer.future().mapEmpty();
    }

    private static void refuseEmpty(String stream, List<Fields> entries) {
        if (entries.stream().anyMatch(entry -> entry.size() == 0)) {
            throw new BrokerException(Reason.REJECTED, "append to " + stream + ": an entry needs at least one field");
        }
    }

    /** Works at once, on the calling thread, which keeps the calls in order; answers later, on the caller's context. */
    private <T> Future<T> answer(String operation, Supplier<T> work) {
        CallerPromise<T> answer = CallerPromise.orElseOn(fallback);
        try {
            if (closed) {
                throw new BrokerException(Reason.UNREACHABLE, operation + ": this broker is closed");
            }
            answer.complete(work.get());
        } catch (BrokerException failure) {
            answer.fail(failure);
        }
        return answer.future();
    }
}
