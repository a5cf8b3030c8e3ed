package peagen.bench.loadgenerator;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker;

/** A broker that asks another one. Every call goes through {@link #call}. */
public class ForwardingBroker implements StreamBroker {

    /** What is asked of the other broker; executing it is up to {@link #call}. */
    public interface Call<T> {
        Future<T> execute();
    }

    private final StreamBroker target;

    public ForwardingBroker(StreamBroker target) {
        this.target = target;
    }

    protected <T> Future<T> call(String operation, String stream, Call<T> call) {
        return call.execute();
    }

    @Override
    public Future<List<EntryId>> append(String stream, List<Fields> entries) {
        return call("append", stream, () -> target.append(stream, entries));
    }

    @Override
    public Future<Void> createGroup(String stream, String group, EntryId from) {
        return call("createGroup", stream, () -> target.createGroup(stream, group, from));
    }

    @Override
    public Future<List<StreamEntry>> readGroup(GroupRead read) {
        return call("readGroup", read.stream(), () -> target.readGroup(read));
    }

    @Override
    public Future<Long> acknowledge(String stream, String group, List<EntryId> ids) {
        return call("acknowledge", stream, () -> target.acknowledge(stream, group, ids));
    }

    @Override
    public Future<Long> delete(String stream, List<EntryId> ids) {
        return call("delete", stream, () -> target.delete(stream, ids));
    }

    @Override
    public Future<Void> commit(Commit commit) {
        return call("commit", "", () -> target.commit(commit));
    }

    @Override
    public Future<Boolean> commitIfUnchanged(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        return call("commit", "", () -> target.commitIfUnchanged(keys, decide));
    }

    @Override
    public Future<Long> removeConsumers(String stream, String group, Duration idleFor) {
        return call("removeConsumers", stream, () -> target.removeConsumers(stream, group, idleFor));
    }

    @Override
    public Future<StaleEntries> claimStale(StaleClaim claim) {
        return call("claimStale", claim.stream(), () -> target.claimStale(claim));
    }

    @Override
    public Future<List<PendingEntry>> pending(String stream, String group, EntryId from, EntryId to, int count) {
        return call("pending", stream, () -> target.pending(stream, group, from, to, count));
    }

    @Override
    public Future<List<StreamEntry>> range(String stream, EntryId from, EntryId to, int count) {
        return call("range", stream, () -> target.range(stream, from, to, count));
    }

    @Override
    public Future<Long> trim(String stream) {
        return call("trim", stream, () -> target.trim(stream));
    }

    @Override
    public Future<Long> trimToLength(String stream, long length) {
        return call("trimToLength", stream, () -> target.trimToLength(stream, length));
    }

    @Override
    public Future<GroupInfo> groupInfo(String stream, String group) {
        return call("groupInfo", stream, () -> target.groupInfo(stream, group));
    }

    @Override
    public Future<Long> length(String stream) {
        return call("length", stream, () -> target.length(stream));
    }

    @Override
    public Future<Long> serverTimeMicros() {
        return call("serverTimeMicros", "", target::serverTimeMicros);
    }

    @Override
    public Future<Long> memory(String key) {
        return call("memory", key, () -> target.memory(key));
    }

    @Override
    public Future<Optional<Duration>> oldestPendingIdle(String stream, String group) {
        return call("oldestPendingIdle", stream, () -> target.oldestPendingIdle(stream, group));
    }

    @Override
    public Future<Void> close() {
        return target.close();
    }
}
