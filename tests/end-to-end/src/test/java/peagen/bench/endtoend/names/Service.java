package peagen.bench.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.ServiceProgram;

/** A service in this process, launched as its {@code main} does, with its metrics on a free port. */
final class Service implements HostProcess {

    private static final Pattern METRICS = Pattern.compile("metrics on (http://\\S+)/metrics");

    private final String name;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    private final CompletableFuture<Runnable> termination = new CompletableFuture<>();
    private final CompletableFuture<ExitCode> ended = new CompletableFuture<>();

    private Service(String name) {
        this.name = name;
    }

    /** Starts it, and waits until it serves. */
    static Service start(String name, ServiceProgram program, String... settings) {
        Service service = new Service(name);
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("--http", "0"));
        Thread.ofVirtual()
                .start(() -> service.ended.complete(new Launcher(service).launch(program, all.toArray(String[]::new))));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.ended.isDone()
                        || METRICS.matcher(service.said()).find());
        return service;
    }

    String url(String path) {
        Matcher serving = METRICS.matcher(said());
        assertThat(serving.find()).as(said()).isTrue();
        return serving.group(1) + path;
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream out() {
        return stream;
    }

    @Override
    public PrintStream err() {
        return stream;
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

    @Override
    public String toString() {
        return name;
    }

    /** Asks it to end, and waits until it has. */
    void end() {
        termination.orTimeout(5, TimeUnit.SECONDS).join().run();
        ended.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
