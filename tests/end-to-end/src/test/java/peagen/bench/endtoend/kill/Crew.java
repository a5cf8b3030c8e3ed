package peagen.bench.endtoend.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import peagen.bench.collector.Main;
import peagen.bench.streams.RedisAddress;

/** Some collectors, each a process of its own with the heap that its launcher gives it. Not thread-safe. */
final class Crew implements AutoCloseable {

    private final RedisAddress redis;
    private final Path folder;
    private final List<Process> live = new ArrayList<>();
    private final List<Process> leaving = new ArrayList<>();
    private int started;

    /** @param folder gets their logs */
    Crew(RedisAddress redis, Path folder) {
        this.redis = redis;
        this.folder = folder;
    }

    void start() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--redis",
                redis.reveal(),
                "--http",
                "off");
        try {
            live.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolve("collector-" + started++ + ".log").toFile())
                    .start());
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    int size() {
        return live.size();
    }

    /** SIGKILL for one of them; returns when it is gone. */
    void killOne(Random random) throws InterruptedException {
        Process victim = live.remove(random.nextInt(live.size()));
        victim.destroyForcibly();
        if (!victim.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a collector survives SIGKILL");
        }
    }

    /** SIGTERM for one of them; it commits and goes when it has done so. */
    void letOneGo(Random random) {
        Process leaver = live.remove(random.nextInt(live.size()));
        leaver.destroy();
        leaving.add(leaver);
    }

    /** What each of them said last. */
    String logs() {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path log : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(log);
                all.append(log.getFileName()).append(": ");
                all.append(lines.isEmpty() ? "" : lines.getLast()).append(System.lineSeparator());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all.toString();
    }

    @Override
    public void close() {
        live.forEach(Process::destroyForcibly);
        leaving.forEach(Process::destroyForcibly);
    }
}
