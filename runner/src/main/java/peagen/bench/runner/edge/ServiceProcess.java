package peagen.bench.runner.edge;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One service as an operating system process. What it says goes to a log of its own. Ctrl-C on the terminal is for {@code bench}:
 * a service does not hear it.
 */
final class ServiceProcess {

    private static final String DEAF_TO_CTRL_C = "trap '' INT; exec \"$@\"";

    private final String name;
    private final Process process;
    private final Path log;

    private ServiceProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code launcher}.
     *
     * @param secrets environment variables: arguments are for everybody on the machine to see
     */
    static ServiceProcess start(Path launcher, List<String> arguments, Map<String, String> secrets, Path log) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", DEAF_TO_CTRL_C, "sh", launcher.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(log.toFile());
        builder.environment().putAll(secrets);
        // This very build started bench: a service that built another one would not be of the same run.
        builder.environment().put("LAUNCH_BUILD", "never");
        String name = String.valueOf(launcher.getFileName());
        try {
            return new ServiceProcess(name, builder.start(), log);
        } catch (IOException refused) {
            throw new FarmException("cannot start " + launcher + ": " + refused.getMessage());
        }
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Has {@code action} done when the process has ended, on some thread. */
    void whenEnded(Consumer<ServiceProcess> action) {
        CompletableFuture<Void> unused = process.onExit().thenAccept(ended -> action.accept(this));
    }

    /** Once it has ended: one line that says how, with its last words. */
    String ending() {
        int code = process.exitValue();
        String how = code > 128 ? "was ended by signal " + (code - 128) : "ended with exit code " + code;
        return name + " " + how + ": " + lastWords();
    }

    private String lastWords() {
        try {
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("Try '"))
                    .reduce((earlier, later) -> later)
                    .orElse("it said nothing");
        } catch (IOException unreadable) {
            return "its log " + log + " cannot be read";
        }
    }

    void ask() {
        process.destroy();
    }

    /** Waits until it has ended, for {@code nanos} at most, and kills it then. */
    void awaitEnd(long nanos) throws InterruptedException {
        if (!process.waitFor(Math.max(1, nanos), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
