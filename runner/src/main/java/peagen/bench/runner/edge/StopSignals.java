package peagen.bench.runner.edge;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes Ctrl-C, SIGTERM and the end of the terminal for requests, as long as it is open: the first asks for an orderly end, the
 * second for one at once. Without this the JVM would begin to end by itself, and its shutdown hooks, which run all at the same
 * time, would stop the embedded Redis under a run that still has to be closed and judged.
 */
public final class StopSignals implements AutoCloseable {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable first;
    private final Runnable second;
    private final List<Taken> taken = new ArrayList<>();

    private StopSignals(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    /** Calls {@code first} for the first signal, {@code second} for every other; both on threads of their own. */
    public static StopSignals handle(Runnable first, Runnable second) {
        StopSignals signals = new StopSignals(first, second);
        NAMES.forEach(signals::install);
        return signals;
    }

    void arrived() {
        (asked.compareAndSet(false, true) ? first : second).run();
    }

    /**
     * By reflection, because javac warns about {@code sun.misc} in a way that cannot be switched off, and because a JVM may come
     * without it, or keep a signal for itself: then that signal stays as it is.
     */
    private void install(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle arrived = MethodHandles.lookup().bind(this, "arrived", MethodType.methodType(void.class));
            Object adapter =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(arrived, 0, signal));
            Method handle = signal.getMethod("handle", signal, handler);
            Object named = signal.getConstructor(String.class).newInstance(name);
            Object before = handle.invoke(null, named, adapter);
            taken.add(new Taken(handle, named, before));
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            // Ctrl-C then ends the process as it ends any other.
        }
    }

    /** Gives the signals back to who had them before. */
    @Override
    public void close() {
        for (Taken signal : taken) {
            try {
                signal.handle().invoke(null, signal.signal(), signal.before());
            } catch (ReflectiveOperationException unavailable) {
                throw new IllegalStateException("a signal that was taken cannot be given back", unavailable);
            }
        }
        taken.clear();
    }

    /** A signal, and who had it before. */
    private record Taken(Method handle, Object signal, Object before) {}
}
