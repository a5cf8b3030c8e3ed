package peagen.bench.service.launch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells the first signal from the second. The JVM's own handler ignores every signal after the first, which leaves a user with a
 * stuck process and only SIGKILL. Thread-safe.
 */
final class Interrupts {

    private final AtomicInteger seen = new AtomicInteger();
    private final Runnable first;
    private final Runnable second;

    Interrupts(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    void arrived() {
        if (seen.incrementAndGet() == 1) {
            // Ending takes as long as the hooks do; the signal thread has to be free for the second signal.
            new Thread(first, "interrupted").start();
        } else {
            second.run();
        }
    }

    /**
     * Sends the signal {@code name} to {@code interrupts}, where the JVM allows it. By reflection, because javac warns about
     * {@code sun.misc} in a way that cannot be switched off, and because a JVM may come without it: then signals stay as they are.
     *
     * @return whether it took
     */
    static boolean install(String name, Interrupts interrupts) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle arrived =
                    MethodHandles.lookup().bind(interrupts, "arrived", MethodType.methodType(void.class));
            Object adapter =
                    MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(arrived, 0, signal));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), adapter);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            return false;
        }
    }
}
