package peagen.bench.collector;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;

/** A broker whose connection breaks when a test says so, and which remembers what was asked of it. Thread-safe. */
public final class FaultyBroker extends ForwardingBroker {

    /** What becomes of a call. */
    public enum Fate {
        SERVED,
        /** It never reaches the server. */
        REFUSED,
        /** The server does it, and its answer is lost. */
        ANSWER_LOST,
        /** The server does it; the answer is on its way until {@link #release}. */
        HELD
    }

    /** Decides about calls. */
    public interface Fates {
        Fate of(String operation, String stream);
    }

    private final List<Promise<Void>> held = new ArrayList<>();
    /** What got as far as to be decided. */
    public final List<Commit> commits = new CopyOnWriteArrayList<>();

    public final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeCommit = () -> {};
    private volatile Fates fates = (operation, stream) -> Fate.SERVED;

    public FaultyBroker(StreamBroker target) {
        super(target);
    }

    public FaultyBroker fate(Fates decided) {
        fates = decided;
        return this;
    }

    /** The next {@code times} calls of {@code operation} have {@code fate}, all others are served. */
    public FaultyBroker next(int times, String operation, Fate fate) {
        int[] left = {times};
        return fate((asked, stream) -> {
            synchronized (left) {
                return asked.equals(operation) && left[0]-- > 0 ? fate : Fate.SERVED;
            }
        });
    }

    /** Does {@code what} once, between the look of a conditional commit and its transaction. */
    public FaultyBroker beforeCommit(Runnable what) {
        beforeCommit = what;
        return this;
    }

    /** The process that uses this broker is dead: nothing is asked and nothing answered any more. */
    public void kill() {
        fates = null;
    }

    /** Lets go what a dead process waits for, so that it can be cleared away. */
    public void bury() {
        fates = (operation, stream) -> Fate.REFUSED;
        release();
    }

    /** Hands over the answers that were held. */
    public synchronized void release() {
        List.copyOf(held).forEach(Promise::tryComplete);
        held.clear();
    }

    public synchronized int holding() {
        return held.size();
    }

    @Override
    public Future<Boolean> commitIfUnchanged(List<String> keys, Function<List<Optional<byte[]>>, Commit> decide) {
        return super.commitIfUnchanged(keys, values -> {
            Commit commit = decide.apply(values);
            commits.add(commit);
            beforeCommit.run();
            beforeCommit = () -> {};
            return commit;
        });
    }

    @Override
    protected <T> Future<T> call(String operation, String stream, Call<T> call) {
        Fates now = fates;
        if (now == null) {
            return hold().compose(buried -> broken(operation));
        }
        calls.add(operation + " " + stream);
        return switch (now.of(operation, stream)) {
            case SERVED -> call.execute();
            case REFUSED -> broken(operation);
            case ANSWER_LOST -> call.execute().compose(done -> broken(operation));
            case HELD -> {
                Future<T> answer = call.execute();
                yield hold().compose(released -> answer);
            }
        };
    }

    private synchronized Future<Void> hold() {
        Promise<Void> promise = Promise.promise();
        held.add(promise);
        return promise.future();
    }

    private static <T> Future<T> broken(String operation) {
        return Future.failedFuture(new BrokerException(Reason.UNREACHABLE, operation + ": connection broken"));
    }
}
