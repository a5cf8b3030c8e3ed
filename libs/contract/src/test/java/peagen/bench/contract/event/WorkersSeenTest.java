package peagen.bench.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Examples;
import peagen.bench.contract.FieldEdits;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.FaultsMarked.FaultKind;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.WorkersSeen.Moment;

class WorkersSeenTest {

    private static final Envelope ENVELOPE = new Envelope("probe-agent-1", 3, "r1", 1_748_786_723_000_000L, 250);

    private static WorkersSeen seen(List<String> names, long worker, long moment, long at) {
        return new WorkersSeen(ENVELOPE, names, "cpu", Examples.table(3, new long[] {worker, moment, at}));
    }

    private static Decoded<TaskEvent> read(TaskEvent event) {
        return TaskEvents.decode(TaskEvents.encode(event));
    }

    @Test
    void readsTheColumnsByName() {
        WorkersSeen event = seen(List.of("a", "b"), 1, 2, 77);
        assertThat(event.worker(0)).isEqualTo(1);
        assertThat(event.moment(0)).isEqualTo(Moment.STOPPED);
        assertThat(event.atMicros(0)).isEqualTo(77);
        assertThat(event.size()).isEqualTo(1);
        assertThat(event.tasks()).isZero();
        assertThat(Stream.of(Moment.values()).map(Moment::code)).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker-1", "a,b", "100%", "%2C", "%25", "%252C,", ",", "é ü"})
    void anyNameIsReadAsItWasWritten(String name) {
        WorkersSeen event = seen(List.of("first", name, "last"), 1, 0, 5);
        assertThat(read(event)).isEqualTo(new Decoded.Known<>(event));
    }

    @Test
    void longNamesAreCutByProducersAndRefusedByReaders() {
        String longest = "x".repeat(WorkersSeen.MAX_NAME_CHARS);
        assertThat(WorkersSeen.name("worker-1")).isEqualTo("worker-1");
        assertThat(WorkersSeen.name(longest + "y")).isEqualTo(longest);
        assertThat(read(seen(List.of(longest), 0, 0, 5))).isInstanceOf(Decoded.Known.class);
        assertThat(read(seen(List.of(longest + "y"), 0, 0, 5)).problem())
                .isEqualTo("field 'workers': a name of 257 characters, expected at most 256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " 1 |  0 |  1 | row 0: worker 1 of 1",
                "-1 |  0 |  1 | row 0: worker -1 of 1",
                " 0 |  3 |  1 | row 0: unknown moment 3",
                " 0 | -1 |  1 | row 0: unknown moment -1",
                " 0 |  0 | -1 | row 0: negative time",
            })
    void refusesUnsoundRows(long worker, long moment, long at, String reason) {
        assertThat(read(seen(List.of("a"), worker, moment, at))).isEqualTo(new Decoded.Malformed<>(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "ü", "\n", "a/b"})
    void aClassThatIsNoneIsNeitherWrittenNorRead(String workerClass) {
        LongTable rows = Examples.table(8, new long[] {0, 41, 0, 2, 3, 1000, 1100, 1200});
        assertThatThrownBy(() -> new TasksObserved(ENVELOPE, List.of("execute"), rows, workerClass))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("worker class: got '")
                .hasMessageEndingWith("', expected at most 64 letters, digits, '.', '_', '-'");
        Fields sound = TaskEvents.encode(new TasksObserved(ENVELOPE, List.of("execute"), rows, "gpu"));
        assertThat(TaskEvents.decode(FieldEdits.with(sound, "worker_class", workerClass)))
                .isInstanceOf(Decoded.Malformed.class);
    }

    @Test
    void aClassHasSixtyFourCharactersAtMostAndMayBeNotSaid() {
        assertThat(WorkerClass.isOne("")).isTrue();
        assertThat(WorkerClass.isOne("A-z_0.9")).isTrue();
        assertThat(WorkerClass.isOne("x".repeat(64))).isTrue();
        assertThat(WorkerClass.isOne("x".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1 | 0 | -1         |  1 | row 0: fault -1",
                " 0 | 4 | -1         |  1 | row 0: unknown kind of fault 4",
                " 0 | 0 | -2         |  1 | row 0: sequence -2 out of range",
                " 0 | 0 | 4294967296 |  1 | row 0: sequence 4294967296 out of range",
                " 0 | 0 |  0         | -1 | row 0: negative time",
            })
    void refusesUnsoundFaults(long number, long kind, long sequence, long at, String reason) {
        LongTable table = Examples.table(4, new long[] {number, kind, sequence, at});
        assertThat(read(new FaultsMarked(ENVELOPE, table))).isEqualTo(new Decoded.Malformed<>(reason));
    }

    @Test
    void faultsKeepTheirNumbersOnTheWire() {
        FaultsMarked event = new FaultsMarked(
                ENVELOPE, Examples.table(4, new long[] {3, 2, FaultsMarked.NO_TASK, 9}, new long[] {3, 2, 7, 9}));
        assertThat(event.number(0)).isEqualTo(3);
        assertThat(event.kind(0)).isEqualTo(FaultKind.PAUSE);
        assertThat(event.hitsTask(0)).isFalse();
        assertThat(event.hitsTask(1)).isTrue();
        assertThat(event.sequence(1)).isEqualTo(7);
        assertThat(event.atMicros(0)).isEqualTo(9);
        assertThat(event.tasks()).isZero();
        assertThat(Stream.of(FaultKind.values()).map(FaultKind::code)).containsExactly(0, 1, 2, 3, 9);
    }
}
