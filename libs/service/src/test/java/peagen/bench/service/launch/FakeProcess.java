package peagen.bench.service.launch;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A process whose streams can be read and whose signals a test sends. */
final class FakeProcess implements HostProcess {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    private final PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    final CompletableFuture<Runnable> hook = new CompletableFuture<>();
    final CompletableFuture<Integer> status = new CompletableFuture<>();
    final Map<String, String> variables = new HashMap<>();

    @Override
    public PrintStream out() {
        return outStream;
    }

    @Override
    public PrintStream err() {
        return errStream;
    }

    @Override
    public Map<String, String> environment() {
        return variables;
    }

    @Override
    public void onTermination(Runnable onTermination) {
        hook.complete(onTermination);
    }

    @Override
    public void exit(int code) {
        status.complete(code);
    }

    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
