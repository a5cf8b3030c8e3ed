package peagen.bench.microbenchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import peagen.bench.probeagent.Main;
import peagen.bench.streams.RedisAddress;

/** A probe agent as its launcher starts it: a process of its own, with the heap that it has there. */
final class AgentProcess implements AutoCloseable {

    private static final Pattern ANNOUNCED = Pattern.compile("workers connect to ([0-9.]+):([0-9]+)");

    private final Process process;
    private final RedisAddress address;

    private AgentProcess(Process process, RedisAddress address) {
        this.process = process;
        this.address = address;
    }

    static AgentProcess start(RedisAddress upstream, String observe) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseParallelGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(
                "--upstream", upstream.reveal(), "--listen", "127.0.0.1:0", "--http", "off", "--observe", observe));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher found = ANNOUNCED.matcher(line);
            if (found.find()) {
                Thread.ofPlatform().daemon().start(() -> drain(lines));
                return new AgentProcess(process, RedisAddress.of(found.group(1), Integer.parseInt(found.group(2))));
            }
        }
        throw new IOException("the probe agent did not start");
    }

    /** A process whose output nobody reads comes to a stand. */
    private static void drain(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // So has the process.
        }
    }

    RedisAddress address() {
        return address;
    }

    /** The CPU time that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Its resident memory in MiB; NaN where the system does not tell. */
    double residentMebibytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                        .findFirst()
                        .orElse(Double.NaN)
                : Double.NaN;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
