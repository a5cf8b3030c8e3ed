package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @Test
    void tellsTheFirstSignalFromTheOthers() {
        try (StopSignals signals = StopSignals.handle(() -> calls.add("first"), () -> calls.add("more"))) {
            signals.arrived();
            signals.arrived();
            signals.arrived();
        }
        assertThat(calls).containsExactly("first", "more", "more");
    }

    @Test
    void hearsTheSignalsOfTheOperatingSystem() throws IOException, InterruptedException {
        StopSignals signals = StopSignals.handle(() -> calls.add("first"), () -> calls.add("more"));
        try {
            send("TERM");
            await().until(() -> calls.contains("first"));
            send("TERM");
            await().until(() -> calls.contains("more"));
        } finally {
            signals.close();
        }
    }

    private static void send(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
    }
}
