package peagen.bench.endtoend.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code promtool check metrics}, where it is installed. */
final class Promtool {

    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    static Optional<Promtool> onThePath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Promtool::new);
    }

    /** What it says about {@code scraped}, a line for each complaint. */
    List<String> complaints(String scraped) throws IOException, InterruptedException {
        Path input = Files.createTempFile("scraped", ".prom");
        Path output = Files.createTempFile("promtool", ".txt");
        try {
            Files.writeString(input, scraped);
            Process process = new ProcessBuilder(program.toString(), "check", "metrics")
                    .redirectInput(input.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("promtool has not ended");
            }
            return Files.readAllLines(output);
        } finally {
            Files.delete(input);
            Files.delete(output);
        }
    }
}
