package peagen.bench.collector.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.collector.Events;
import peagen.bench.collector.LogLines;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.collector.RawText;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.measurement.aggregate.RunAggregate;

class RawRecordTest {

    private static final long SECOND = Events.SECOND;

    @TempDir
    Path temporary;

    private static RunAggregate tasks(int count) {
        RunAggregate run = new RunAggregate();
        if (TaskEvents.decode(Events.enqueued("x", 0, count)) instanceof Decoded.Known<TaskEvent>(TaskEvent event)) {
            run.fold(event);
        }
        return run;
    }

    private static RunPlan plan(long startSecond) {
        return new RunPlan(
                "smoke",
                "LOCAL",
                "smoke",
                1,
                "hash",
                10,
                startSecond * 1_000_000,
                0,
                300,
                0,
                RunPlan.Load.OPEN,
                1,
                List.of());
    }

    private List<JsonObject> lines(String run) throws IOException {
        return RawText.lines(temporary.resolve(run), "metrics").stream()
                .map(JsonObject::new)
                .toList();
    }

    private long enqueued(String run) throws IOException {
        return lines(run).stream()
                .filter(line -> line.getString("series").equals("enqueued"))
                .mapToLong(line -> line.getLong("value"))
                .sum();
    }

    private long filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void keepsRunsInFilesOfTheirOwn() throws IOException {
        RawRecord record = new RawRecord(RawRecordConfig.in(temporary.resolve("not/there/yet")));
        record.add("run-a", tasks(3), SECOND);
        record.add("run-b", tasks(5), SECOND);
        record.close();
        temporary = temporary.resolve("not/there/yet");
        assertThat(enqueued("run-a")).isEqualTo(3);
        assertThat(enqueued("run-b")).isEqualTo(5);
    }

    @Test
    void writesWhatHasSettledAndTheRestAtTheEnd() throws IOException {
        RawRecord record = new RawRecord(RawRecordConfig.in(temporary));
        record.add("run-a", tasks(1500), SECOND);
        record.write(SECOND + 1);
        assertThat(enqueued("run-a")).isEqualTo(1000);
        record.close();
        assertThat(enqueued("run-a")).isEqualTo(1500);
    }

    @Test
    void opensNoFileForARunThatWasOnlyPlanned() throws IOException {
        RawRecord record = new RawRecord(RawRecordConfig.in(temporary));
        record.planned("run-a", plan(SECOND));
        record.write(SECOND + 100);
        record.close();
        assertThat(filesBelow(temporary)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../escaped", "..", ".", "/tmp/escaped", "a/b", "a\\b", ".hidden", "-", "", "a\u0000b", "ä"})
    void neverLeavesItsDirectory(String hostile) throws IOException {
        Path inner = Files.createDirectories(temporary.resolve("inner"));
        RawRecord record = new RawRecord(RawRecordConfig.in(inner));
        try (LogLines log = new LogLines(RawFiles.class.getName())) {
            record.planned(hostile, plan(SECOND));
            record.add(hostile, tasks(3), SECOND);
            record.add(hostile, tasks(3), SECOND);
            record.close();
            assertThat(log.errors(temporary)).singleElement().asString().contains("the run id is no file name");
        }
        assertThat(filesBelow(temporary)).isZero();
    }

    @Test
    void givesUpARecordThatCannotBeWrittenWithOneErrorAndKeepsTheOthers() throws IOException {
        Files.writeString(temporary.resolve("run-a"), "a file where a directory should be");
        RawRecord record = new RawRecord(RawRecordConfig.in(temporary));
        try (LogLines log = new LogLines(RawFiles.class.getName())) {
            for (int second = 0; second < 5; second++) {
                record.add("run-a", tasks(3), SECOND + second);
                record.add("run-b", tasks(5), SECOND + second);
                record.write(SECOND + second + 1);
            }
            record.close();
            assertThat(log.errors(temporary))
                    .singleElement()
                    .asString()
                    .startsWith("raw record given up")
                    .contains("run-a", temporary.toString());
        }
        assertThat(enqueued("run-b")).isEqualTo(25);
    }

    @Test
    void closesTheFileOfARunThatIsOverAndGoesOnInItWhenMoreComes() throws IOException {
        RawRecord record = new RawRecord(RawRecordConfig.in(temporary));
        record.planned("run-a", plan(SECOND));
        record.add("run-a", tasks(3), SECOND);
        record.write(SECOND + 1);
        record.write(SECOND + RawRecord.IDLE_SECONDS);
        assertThat(openFiles()).isEqualTo(1);
        record.write(SECOND + RawRecord.IDLE_SECONDS + 1);
        assertThat(openFiles()).isZero();
        record.add("run-a", tasks(4), SECOND + 100);
        record.close();
        assertThat(enqueued("run-a")).isEqualTo(7);
        assertThat(lines("run-a"))
                .allSatisfy(line -> assertThat(line.getString("phase")).isEqualTo("steady"));
    }

    private long openFiles() throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.filter(handle -> leadsTo(handle, temporary)).count();
        }
    }

    private static boolean leadsTo(Path handle, Path directory) {
        try {
            return Files.readSymbolicLink(handle).startsWith(directory);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
