package peagen.bench.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    private final AtomicInteger orderly = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final Interrupts interrupts = new Interrupts(orderly::incrementAndGet, atOnce::incrementAndGet);

    @Test
    void endsInOrderOnTheFirstSignalAndAtOnceOnEveryOther() {
        interrupts.arrived();
        await().until(() -> orderly.get() == 1);
        assertThat(atOnce).hasValue(0);
        interrupts.arrived();
        interrupts.arrived();
        assertThat(atOnce).hasValue(2);
        assertThat(orderly).hasValue(1);
    }

    @Test
    void hearsASignalOfTheOperatingSystem() throws ReflectiveOperationException {
        assertThat(Interrupts.install("WINCH", interrupts)).isTrue();
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"));
        await().until(() -> orderly.get() == 1);
    }

    @Test
    void leavesSignalsAloneThatItMayNotHave() {
        assertThat(Interrupts.install("NONSENSE", interrupts)).isFalse();
    }
}
