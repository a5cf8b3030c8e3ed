package peagen.bench.collector;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import peagen.bench.service.launch.HostProcess;

/** A process whose streams can be read and which a test asks to end. */
final class FakeProcess implements HostProcess {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final CompletableFuture<Runnable> termination = new CompletableFuture<>();

    @Override
    public PrintStream out() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream err() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public void onTermination(Runnable hook) {
        termination.complete(hook);
    }

    @Override
    public void exit(int status) {
        throw new AssertionError("the launcher answers, it does not exit");
    }

    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the launcher said, without what was logged meanwhile. */
    List<String> said() {
        return complained()
                .lines()
                .filter(line -> line.startsWith("collector: "))
                .toList();
    }

    String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
