package peagen.bench.probeagent.edge;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.streams.StreamBroker;

/**
 * The worker's own door to the streams with a probe in its frame: passes everything on unchanged and lets a {@link TaskWatch}
 * see the claims, results and acknowledgements of the farm's streams go by. What the streams did not take was never seen. It
 * sees every answer before the worker does, and whatever goes wrong in it the worker does not notice.
 *
 * <p>For the one worker that the watch is for; threading as for any broker.
 */
public final class ProbedBroker implements StreamBroker {

    private static final Logger LOG = LoggerFactory.getLogger(ProbedBroker.class);

    private final StreamBroker farm;
    private final StreamNames streams;
    private final TaskWatch watch;
    private final LongSupplier nowMicros;

    /**
     * A probed door.
     *
     * @param farm where everything is passed on to
     * @param nowMicros the Redis clock
     */
    public ProbedBroker(StreamBroker farm, StreamNames streams, TaskWatch watch, LongSupplier nowMicros) {
        this.farm = farm;
        this.streams = streams;
        this.watch = watch;
        this.nowMicros = nowMicros;
    }

    @Override
    public Future<List<EntryId>> append(String stream, List<Fields> entries) {
        Runnable taken = before(() -> appending(stream, entries));
        return farm.append(stream, entries).onSuccess(ids -> after(taken));
    }

    @Override
    public Future<List<StreamEntry>> readGroup(GroupRead read) {
        Future<List<StreamEntry>> entries = farm.readGroup(read);
        return ofTheFarm(read.stream(), read.group(), read.consumer())
                ? entries.onSuccess(claimed -> after(() -> watch.claimed(claimed, nowMicros.getAsLong())))
                : entries;
    }

    @Override
    public Future<StaleEntries> claimStale(StaleClaim claim) {
        Future<StaleEntries> stale = farm.claimStale(claim);
        return ofTheFarm(claim.stream(), claim.group(), claim.consumer())
                ? stale.onSuccess(claimed -> after(
                        () -> watch.reclaimed(claimed.entries(), claimed.deliveryCounts(), nowMicros.getAsLong())))
                : stale;
    }

    @Override
    public Future<Long> acknowledge(String stream, String group, List<EntryId> ids) {
        Runnable taken = before(() -> acknowledging(stream, group, ids));
        return farm.acknowledge(stream, group, ids).onSuccess(count -> after(taken));
    }

    @Override
    public Future<Void> commit(Commit commit) {
        Runnable taken = before(() -> committing(commit));
        return farm.commit(commit).onSuccess(done -> after(taken));
    }

    @Override
    public Future<Boolean> commitIfUnchanged(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        List<Runnable> taken = new ArrayList<>(1);
        return farm.commitIfUnchanged(keys, values -> {
                    Commit commit = decide.apply(values);
                    taken.add(before(() -> committing(commit)));
                    return commit;
                })
                .onSuccess(done -> {
                    if (done) {
                        taken.forEach(this::after);
                    }
                });
    }

    private Runnable appending(String stream, List<Fields> entries) {
        if (stream.equals(streams.results())) {
            return watch.appendingResults(entries, nowMicros.getAsLong());
        }
        if (stream.equals(streams.tasks())) {
            return watch.appendingTasks(entries, nowMicros.getAsLong());
        }
        return stream.equals(streams.deadLetters()) ? watch.appendingDeadLetters(entries) : () -> {};
    }

    private Runnable acknowledging(String stream, String group, List<EntryId> ids) {
        if (!ofTheFarm(stream, group)) {
            return () -> {};
        }
        long asked = nowMicros.getAsLong();
        return () -> watch.acknowledged(ids, asked);
    }

    private Runnable committing(Commit commit) {
        List<Runnable> taken = new ArrayList<>();
        for (Commit.Append append : commit.appends()) {
            taken.add(appending(append.stream(), List.of(append.entry())));
        }
        for (Commit.Acknowledge acknowledge : commit.acknowledges()) {
            taken.add(acknowledging(acknowledge.stream(), acknowledge.group(), acknowledge.ids()));
        }
        return () -> taken.forEach(Runnable::run);
    }

    /** Looks at what the worker asks for; answers what to do when the farm has done it. */
    private Runnable before(Supplier<Runnable> look) {
        try {
            return look.get();
        } catch (RuntimeException broken) {
            report(broken);
            return () -> {};
        }
    }

    private void after(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException broken) {
            report(broken);
        }
    }

    /** The farm is the subject: when the probe breaks, the worker goes on as if there were none. */
    private void report(RuntimeException broken) {
        LOG.atError().addKeyValue("stream", streams.tasks()).setCause(broken).log("probe broke, the worker goes on");
    }

    /** Who claims from the farm's streams says what it calls itself. */
    private boolean ofTheFarm(String stream, String group, String consumer) {
        boolean claims = ofTheFarm(stream, group);
        if (claims) {
            watch.consumer(consumer);
        }
        return claims;
    }

    private boolean ofTheFarm(String stream, String group) {
        return stream.equals(streams.tasks()) && group.equals(streams.group());
    }

    @Override
    public Future<Void> createGroup(String stream, String group, EntryId from) {
        return farm.createGroup(stream, group, from);
    }

    @Override
    public Future<Long> delete(String stream, List<EntryId> ids) {
        return farm.delete(stream, ids);
    }

    @Override
    public Future<List<PendingEntry>> pending(String stream, String group, EntryId from, EntryId to, int count) {
        return farm.pending(stream, group, from, to, count);
    }

    @Override
    public Future<List<StreamEntry>> range(String stream, EntryId from, EntryId to, int count) {
        return farm.range(stream, from, to, count);
    }

    @Override
    public Future<Long> trim(String stream) {
        return farm.trim(stream);
    }

    @Override
    public Future<Long> trimToLength(String stream, long length) {
        return farm.trimToLength(stream, length);
    }

    @Override
    public Future<GroupInfo> groupInfo(String stream, String group) {
        return farm.groupInfo(stream, group);
    }

    @Override
    public Future<Long> removeConsumers(String stream, String group, Duration idleFor) {
        return farm.removeConsumers(stream, group, idleFor);
    }

    @Override
    public Future<Long> length(String stream) {
        return farm.length(stream);
    }

    @Override
    public Future<Long> serverTimeMicros() {
        return farm.serverTimeMicros();
    }

    @Override
    public Future<Long> memory(String key) {
        return farm.memory(key);
    }

    @Override
    public Future<Optional<Duration>> oldestPendingIdle(String stream, String group) {
        return farm.oldestPendingIdle(stream, group);
    }

    @Override
    public Future<Void> close() {
        return farm.close();
    }
}
