package peagen.bench.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code bin/bench} as a process, with what it says in files. */
final class BenchProcess implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path folder;

    private BenchProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** Starts it; {@code folder} gets what it says, and the runs. */
    static BenchProcess start(Path folder, String... args) throws IOException {
        // Whoever runs the tests in the background has had Ctrl-C switched off for them, and a JVM keeps it so.
        List<String> command = new ArrayList<>(List.of(
                "env", "--default-signal=INT", home().resolve("bin/bench").toString()));
        command.addAll(List.of(args));
        command.addAll(List.of("--out", folder.resolve("runs").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        // The build that runs these tests has put everything in its place.
        builder.environment().put("LAUNCH_BUILD", "never");
        return new BenchProcess(builder.start(), folder);
    }

    /** The checkout. */
    static Path home() {
        return Path.of("../..").toAbsolutePath().normalize();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("bench has not ended: " + out() + err());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String out() {
        return text(folder.resolve("out"));
    }

    String err() {
        return text(folder.resolve("err"));
    }

    /** The folder of the one run that it made. */
    Path run() {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            return runs.findFirst().orElseThrow();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Its child process whose main class is {@code mainClass}. */
    Optional<ProcessHandle> service(String mainClass) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(mainClass))
                .findFirst();
    }

    List<ProcessHandle> services() {
        return process.descendants().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
