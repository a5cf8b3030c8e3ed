package peagen.bench.worker;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import peagen.bench.service.launch.HostProcess;

/** A process whose output can be read and whose termination a test asks for. */
final class ScriptedProcess implements HostProcess {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Runnable> hook = new CompletableFuture<>();

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
    public void onTermination(Runnable onTermination) {
        hook.complete(onTermination);
    }

    @Override
    public void exit(int status) {
        throw new IllegalStateException("nobody asked for exit " + status);
    }

    /** SIGTERM: returns when the process has stopped. */
    void terminate() {
        hook.join().run();
    }

    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
