package peagen.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.StreamBroker.StaleClaim;

/**
 * A broker that writes down what it is asked, and gets into trouble when told to. Calls are written as method and stream, such
 * as {@code append peagen.results}. From any thread.
 */
public final class TroubledBroker {

    private final StreamBroker sound;
    private final List<String> calls = new ArrayList<>();
    private Function<String, Trouble> troubles = call -> Trouble.NONE;
    private final List<Promise<Void>> held = new ArrayList<>();
    private int inHand;
    private int mostInHand;

    /** What becomes of a call. */
    public enum Trouble {
        /** It goes through. */
        NONE,
        /** It fails and nothing happens. */
        REFUSED,
        /** It happens, but the caller is told that it failed. */
        ANSWER_LOST,
        /** It happens, and the answer waits for {@link #letGo}. */
        HELD
    }

    public TroubledBroker(StreamBroker sound) {
        this.sound = sound;
    }

    /** For whoever is to get into trouble. */
    public StreamBroker broker() {
        return (StreamBroker) Proxy.newProxyInstance(
                StreamBroker.class.getClassLoader(),
                new Class<?>[] {StreamBroker.class},
                (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? method.invoke(this, arguments)
                        : called(method, arguments == null ? new Object[0] : arguments));
    }

    /** From now on the trouble of a call is what {@code choice} says. */
    public synchronized void trouble(Function<String, Trouble> choice) {
        troubles = choice;
    }

    /** From now on calls whose text is {@code call} are in {@code trouble}, the others are not. */
    public void trouble(String call, Trouble trouble) {
        trouble(asked -> asked.equals(call) ? trouble : Trouble.NONE);
    }

    /** The next {@code times} calls whose text is {@code call} are in {@code trouble}. */
    public void trouble(String call, Trouble trouble, int times) {
        int[] left = {times};
        trouble(asked -> asked.equals(call) && left[0]-- > 0 ? trouble : Trouble.NONE);
    }

    /** Ends all trouble. */
    public void heal() {
        trouble(call -> Trouble.NONE);
        letGo();
    }

    /** Hands out the answers that were held. */
    public void letGo() {
        List<Promise<Void>> released;
        synchronized (this) {
            released = List.copyOf(held);
            held.clear();
        }
        released.forEach(Promise::complete);
    }

    /** The most tasks that were in hand at any time: delivered and not yet acknowledged, or asked for. */
    public synchronized int mostInHand() {
        return mostInHand;
    }

    /** All calls so far. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** All calls so far that change something. */
    public List<String> writes() {
        return calls().stream()
                .filter(call ->
                        call.startsWith("append ") || call.startsWith("acknowledge ") || call.startsWith("delete "))
                .toList();
    }

    /** How many calls had the text {@code call}. */
    public long count(String call) {
        return calls().stream().filter(call::equals).count();
    }

    private Future<?> called(Method method, Object[] arguments) {
        String call = text(method, arguments);
        Trouble trouble;
        Promise<Void> release = Promise.promise();
        synchronized (this) {
            calls.add(call);
            trouble = troubles.apply(call);
            if (trouble == Trouble.HELD) {
                held.add(release);
            }
        }
        Supplier<Future<Object>> failure = () ->
                Future.failedFuture(new BrokerException(BrokerException.Reason.UNREACHABLE, call + ": " + trouble));
        return switch (trouble) {
            case NONE -> pass(method, arguments);
            case REFUSED -> sound.serverTimeMicros().compose(later -> failure.get());
            case ANSWER_LOST -> pass(method, arguments).compose(answer -> failure.get());
            case HELD ->
                pass(method, arguments).compose(answer -> release.future().map(answer));
        };
    }

    private Future<?> pass(Method method, Object[] arguments) {
        if (arguments.length > 0 && arguments[0] instanceof GroupRead read) {
            taken(read.count());
            return sound.readGroup(read).onSuccess(entries -> taken(entries.size() - read.count()));
        }
        try {
            Future<?> answer = (Future<?>) method.invoke(sound, arguments);
            return method.getName().equals("acknowledge")
                    ? answer.onSuccess(count -> taken(-((List<?>) arguments[2]).size()))
                    : answer;
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private synchronized void taken(int count) {
        inHand += count;
        mostInHand = Math.max(mostInHand, inHand);
    }

    private static String text(Method method, Object[] arguments) {
        if (arguments.length == 0) {
            return method.getName();
        }
        return method.getName() + " "
                + switch (arguments[0]) {
                    case GroupRead read -> read.stream() + " " + read.count();
                    case StaleClaim claim -> claim.stream();
                    case Object stream -> stream;
                };
    }
}
