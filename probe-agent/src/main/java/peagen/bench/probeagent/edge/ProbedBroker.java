package peagen.bench.probeagent.edge;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.streams.StreamBroker;

/**
 * The worker's own door to the streams with a probe in its frame: passes everything on unchanged and lets a {@link TaskWatch}
 * see the claims, results and acknowledgements of the farm's streams go by. What the streams did not take was never seen. For the
 * one worker that the watch is for; threading as for any broker.
 */
public final class ProbedBroker implements StreamBroker {

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
        Runnable taken = appending(stream, entries);
        return farm.append(stream, entries).map(ids -> {
            taken.run();
            return ids;
        });
    }

    private Runnable appending(String stream, List<Fields> entries) {
        if (stream.equals(streams.results())) {
            return watch.appendingResults(entries);
        }
        if (stream.equals(streams.tasks())) {
            return watch.appendingTasks(entries, nowMicros.getAsLong());
        }
        return stream.equals(streams.deadLetters()) ? watch.appendingDeadLetters(entries) : () -> {};
    }

    @Override
    public Future<List<StreamEntry>> readGroup(GroupRead read) {
        Future<List<StreamEntry>> entries = farm.readGroup(read);
        if (!ofTheFarm(read.stream(), read.group())) {
            return entries;
        }
        return entries.map(claimed -> {
            watch.claimed(claimed, nowMicros.getAsLong());
            return claimed;
        });
    }

    @Override
    public Future<StaleEntries> claimStale(StaleClaim claim) {
        Future<StaleEntries> stale = farm.claimStale(claim);
        if (!ofTheFarm(claim.stream(), claim.group())) {
            return stale;
        }
        return stale.map(claimed -> {
            watch.reclaimed(claimed.entries(), claimed.deliveryCounts(), nowMicros.getAsLong());
            return claimed;
        });
    }

    @Override
    public Future<Long> acknowledge(String stream, String group, List<EntryId> ids) {
        long asked = nowMicros.getAsLong();
        Future<Long> acknowledged = farm.acknowledge(stream, group, ids);
        if (!ofTheFarm(stream, group)) {
            return acknowledged;
        }
        return acknowledged.map(count -> {
            watch.acknowledged(ids, asked);
            return count;
        });
    }

    @Override
    public Future<Void> commit(Commit commit) {
        long asked = nowMicros.getAsLong();
        List<Runnable> taken = new ArrayList<>(commit.appends().size());
        for (Commit.Append append : commit.appends()) {
            taken.add(appending(append.stream(), List.of(append.entry())));
        }
        return farm.commit(commit).map(done -> {
            taken.forEach(Runnable::run);
            for (Commit.Acknowledge acknowledge : commit.acknowledges()) {
                if (ofTheFarm(acknowledge.stream(), acknowledge.group())) {
                    watch.acknowledged(acknowledge.ids(), asked);
                }
            }
            return done;
        });
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
    public Future<Long> length(String stream) {
        return farm.length(stream);
    }

    @Override
    public Future<Long> serverTimeMicros() {
        return farm.serverTimeMicros();
    }

    @Override
    public Future<Void> close() {
        return farm.close();
    }
}
