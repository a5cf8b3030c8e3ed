package peagen.bench.endtoend.kill;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private final List<Member> live = new ArrayList<>();
    private final List<Process> leaving = new ArrayList<>();
    private int started;

    /** One of them, and where it says what it does. */
    private record Member(Process process, Path log) {
        boolean isReading() {
            try {
                return Files.readString(log).contains("collects from");
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

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
        Path log = folder.resolve("collector-" + started++ + ".log");
        try {
            live.add(new Member(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    log));
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    int size() {
        return live.size();
    }

    /** Waits until one reads, at least. */
    void awaitReader() {
        await().atMost(Duration.ofSeconds(60)).until(() -> live.stream().anyMatch(Member::isReading));
    }

    /** SIGKILL for one of those that read; returns when it is gone. */
    void killOne(Random random) throws InterruptedException {
        Process victim = takeOne(random);
        victim.destroyForcibly();
        if (!victim.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a collector survives SIGKILL");
        }
    }

    /** SIGTERM for one of those that read; it commits and goes when it has done so. */
    void letOneGo(Random random) {
        Process leaver = takeOne(random);
        leaver.destroy();
        leaving.add(leaver);
    }

    private Process takeOne(Random random) {
        awaitReader();
        List<Member> reading = live.stream().filter(Member::isReading).toList();
        Member one = reading.get(random.nextInt(reading.size()));
        live.remove(one);
        return one.process();
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
        live.forEach(member -> member.process().destroyForcibly());
        leaving.forEach(Process::destroyForcibly);
    }
}
