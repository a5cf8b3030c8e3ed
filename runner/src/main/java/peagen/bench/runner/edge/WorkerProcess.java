package peagen.bench.runner.edge;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import peagen.bench.runner.domain.Ending;

/** One worker as an operating system process; what it says goes to a file. */
public final class WorkerProcess {

    private static final int LONGEST_WORDS = 200;

    private final Process process;
    private final Path log;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code command}.
     *
     * @throws BadInput when there is no such program
     */
    public static WorkerProcess start(List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new WorkerProcess(builder.start(), log);
        } catch (IOException refused) {
            String reason = String.valueOf(refused.getMessage()).replaceFirst("^Cannot run program \".*\": ", "");
            throw new BadInput("CMD: cannot start '%s': %s".formatted(command.get(0), reason.strip()));
        }
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended; empty while it runs. */
    public Optional<Ending> ending() {
        return process.isAlive() ? Optional.empty() : Optional.of(new Ending(process.exitValue(), lastWords()));
    }

    /** Has {@code action} done when the process has ended, on some thread. */
    void whenEnded(Consumer<Ending> action) {
        CompletableFuture<Void> unused =
                process.onExit().thenAccept(ended -> action.accept(new Ending(ended.exitValue(), lastWords())));
    }

    /** SIGTERM. */
    public void ask() {
        process.destroy();
    }

    /** SIGKILL, for whatever it started as well; it is gone when this returns. */
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Kills it without waiting. */
    public void abandon() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Waits until it has ended, for {@code millis} at most. */
    public void awaitEnd(long millis) throws InterruptedException {
        process.waitFor(Math.max(1, millis), TimeUnit.MILLISECONDS);
    }

    private String lastWords() {
        try {
            String words = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .orElse("")
                    .strip();
            return words.substring(0, Math.min(LONGEST_WORDS, words.length()));
        } catch (IOException unreadable) {
            return "";
        }
    }
}
