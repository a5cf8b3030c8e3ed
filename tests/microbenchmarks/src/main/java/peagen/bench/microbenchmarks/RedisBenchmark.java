package peagen.bench.microbenchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.streams.RedisAddress;

/** Reference: Redis' own load tool, where the machine has it. It can append, and nothing of the rest of the chain. */
final class RedisBenchmark {

    /** The last figure of {@code XADD …: 123456.78 requests per second}. */
    private static final Pattern PER_SECOND = Pattern.compile("([0-9.]+) requests per second");

    private final Path tool;

    private RedisBenchmark(Path tool) {
        this.tool = tool;
    }

    static Optional<RedisBenchmark> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-benchmark"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(RedisBenchmark::new);
    }

    /** Appends per second of {@code inFlight} connections that send as many commands at a time as one batch has. */
    OptionalDouble appendsPerSecond(RedisAddress address, int inFlight, long count)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        tool.toString(),
                        "-h",
                        address.host(),
                        "-p",
                        Integer.toString(address.port()),
                        "-c",
                        Integer.toString(inFlight),
                        "-P",
                        Integer.toString(SampleTasks.READ),
                        "-n",
                        Long.toString(count),
                        "-q",
                        "XADD",
                        Chain.STREAM,
                        "*",
                        TaskEnvelope.FIELD,
                        new String(SampleTasks.task(0), StandardCharsets.UTF_8))
                .redirectErrorStream(true)
                .start();
        OptionalDouble found = OptionalDouble.empty();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher match = PER_SECOND.matcher(line);
                while (match.find()) {
                    found = OptionalDouble.of(Double.parseDouble(match.group(1)));
                }
            }
        }
        process.waitFor();
        return found;
    }
}
