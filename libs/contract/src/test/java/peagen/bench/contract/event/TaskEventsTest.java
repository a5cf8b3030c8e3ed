package peagen.bench.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.Examples;
import peagen.bench.contract.FieldEdits;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;

class TaskEventsTest {

    private static final Envelope ENVELOPE = new Envelope("probe-agent-1", 3, "r1", 1_748_786_723_000_000L, 250);
    private static final List<String> KINDS = List.of("execute", "evaluate");

    @Test
    void readsEverySoundBatchThatItWrote() {
        Random random = new Random(13);
        for (int i = 0; i < 200; i++) {
            int rows = random.nextInt(60);
            for (TaskEvent event : List.of(enqueued(random, rows), observed(random, rows), outstanding(random, rows))) {
                assertThat(TaskEvents.decode(TaskEvents.encode(event))).isEqualTo(new Decoded.Known<>(event));
                assertThat(event.size()).isEqualTo(rows);
            }
        }
    }

    @Test
    void readsTheColumnsOfEnqueuedTasksByName() {
        TasksEnqueued event = new TasksEnqueued(ENVELOPE, KINDS, Examples.table(5, new long[] {41, 1, 2, 1000, 1007}));

        assertThat(event.sequence(0)).isEqualTo(41);
        assertThat(event.kind(0)).isEqualTo(1);
        assertThat(event.phase(0)).isEqualTo(2);
        assertThat(event.intendedMicros(0)).isEqualTo(1000);
        assertThat(event.sentMicros(0)).isEqualTo(1007);
    }

    @Test
    void readsTheColumnsOfObservedTasksByName() {
        TasksObserved event =
                new TasksObserved(ENVELOPE, KINDS, Examples.table(8, new long[] {4, 41, 1, 2, 3, 1000, 1100, 1200}));

        assertThat(event.observation(0)).isEqualTo(Observation.REQUEUED);
        assertThat(event.sequence(0)).isEqualTo(41);
        assertThat(event.kind(0)).isEqualTo(1);
        assertThat(event.phase(0)).isEqualTo(2);
        assertThat(event.delivery(0)).isEqualTo(3);
        assertThat(event.intendedMicros(0)).isEqualTo(1000);
        assertThat(event.claimedMicros(0)).isEqualTo(1100);
        assertThat(event.seenMicros(0)).isEqualTo(1200);
        assertThat(new TasksOutstanding(ENVELOPE, Examples.table(1, new long[] {9})).sequence(0))
                .isEqualTo(9);
    }

    @Test
    void observationsKeepTheirNumbersOnTheWire() {
        assertThat(Observation.ALL).extracting(Observation::code).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(Observation.ALL)
                .extracting(Enum::name)
                .containsExactly("CLAIMED", "COMPLETED", "FAILED", "DEAD_LETTERED", "REQUEUED", "EXECUTED", "ORPHANED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " 7 | 0          | 0 | 0 | 1          |  1 |  1 |  1 | row 0: unknown observation 7",
                "-1 | 0          | 0 | 0 | 1          |  1 |  1 |  1 | row 0: unknown observation -1",
                " 0 | -1         | 0 | 0 | 1          |  1 |  1 |  1 | row 0: sequence -1 out of range",
                " 0 | 4294967296 | 0 | 0 | 1          |  1 |  1 |  1 | row 0: sequence 4294967296 out of range",
                " 0 | 0          | 2 | 0 | 1          |  1 |  1 |  1 | row 0: kind 2 of 2",
                " 0 | 0          |-1 | 0 | 1          |  1 |  1 |  1 | row 0: kind -1 of 2",
                " 0 | 0          | 0 | 3 | 1          |  1 |  1 |  1 | row 0: unknown phase 3",
                " 0 | 0          | 0 | 0 | 0          |  1 |  1 |  1 | row 0: delivery 0",
                " 0 | 0          | 0 | 0 | 2147483648 |  1 |  1 |  1 | row 0: delivery 2147483648",
                " 0 | 0          | 0 | 0 | 1          | -1 |  1 |  1 | row 0: negative time",
                " 0 | 0          | 0 | 0 | 1          |  1 | -1 |  1 | row 0: negative time",
                " 0 | 0          | 0 | 0 | 1          |  1 |  1 | -1 | row 0: negative time",
            })
    void refusesUnsoundObservations(
            long observation,
            long sequence,
            long kind,
            long phase,
            long delivery,
            long intended,
            long claimed,
            long seen,
            String reason) {
        LongTable table =
                Examples.table(8, new long[] {observation, sequence, kind, phase, delivery, intended, claimed, seen});

        assertThat(TaskEvents.decode(TaskEvents.encode(new TasksObserved(ENVELOPE, KINDS, table))))
                .isEqualTo(new Decoded.Malformed<>(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4294967296 | 0 | 0 |  1 |  1 | row 0: sequence 4294967296 out of range",
                "0          | 2 | 0 |  1 |  1 | row 0: kind 2 of 2",
                "0          | 0 | 9 |  1 |  1 | row 0: unknown phase 9",
                "0          | 0 | 0 | -1 |  1 | row 0: negative time",
                "0          | 0 | 0 |  1 | -1 | row 0: negative time",
            })
    void refusesUnsoundEnqueues(long sequence, long kind, long phase, long intended, long sent, String reason) {
        LongTable table = Examples.table(5, new long[] {sequence, kind, phase, intended, sent});

        assertThat(TaskEvents.decode(TaskEvents.encode(new TasksEnqueued(ENVELOPE, KINDS, table))))
                .isEqualTo(new Decoded.Malformed<>(reason));
    }

    @Test
    void refusesUnsoundOutstandingTasks() {
        TaskEvent event = new TasksOutstanding(ENVELOPE, Examples.table(1, new long[] {0}, new long[] {-5}));

        assertThat(TaskEvents.decode(TaskEvents.encode(event)))
                .isEqualTo(new Decoded.Malformed<>("row 1: sequence -5 out of range"));
    }

    @Test
    void refusesRowsThatAreFewerOrMoreThanAnnounced() {
        Fields fields = TaskEvents.encode(outstanding(new Random(1), 3));

        assertThat(TaskEvents.decode(FieldEdits.with(fields, "n", "4")))
                .isEqualTo(new Decoded.Malformed<>("field 'n': got 4, expected 3"));
    }

    @Test
    void refusesRowsOfAnotherTable() {
        Fields fields = FieldEdits.with(
                TaskEvents.encode(enqueued(new Random(1), 3)),
                "rows",
                Examples.table(1, new long[] {1}).encode());

        assertThat(TaskEvents.decode(fields))
                .isEqualTo(new Decoded.Malformed<>(
                        "field 'rows': table of 1 columns and 1 rows, expected 5 columns and at most 65536 rows"));
    }

    @Test
    void kindsThatWouldShiftTheOthersAreNotWritten() {
        LongTable empty = new LongTable.Builder(TasksObserved.COLUMNS).build();

        assertThatThrownBy(() -> TaskEvents.encode(new TasksObserved(ENVELOPE, List.of("a,b"), empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("got 'a,b' in [a,b], expected words without comma");
    }

    private static TaskEvent enqueued(Random random, int rows) {
        LongTable.Builder table = new LongTable.Builder(TasksEnqueued.COLUMNS);
        for (int row = 0; row < rows; row++) {
            table.set(0, random.nextLong() >>> 32)
                    .set(1, random.nextInt(2))
                    .set(2, random.nextInt(3))
                    .set(3, random.nextLong() >>> 1)
                    .set(4, random.nextLong() >>> 1)
                    .endRow();
        }
        return new TasksEnqueued(ENVELOPE, KINDS, table.build());
    }

    private static TaskEvent observed(Random random, int rows) {
        LongTable.Builder table = new LongTable.Builder(TasksObserved.COLUMNS);
        for (int row = 0; row < rows; row++) {
            table.set(0, random.nextInt(5))
                    .set(1, random.nextLong() >>> 32)
                    .set(2, random.nextInt(2))
                    .set(3, random.nextInt(3))
                    .set(4, 1 + random.nextInt(Integer.MAX_VALUE))
                    .set(5, random.nextLong() >>> 1)
                    .set(6, random.nextLong() >>> 1)
                    .set(7, random.nextLong() >>> 1)
                    .endRow();
        }
        return new TasksObserved(ENVELOPE, KINDS, table.build());
    }

    private static TaskEvent outstanding(Random random, int rows) {
        LongTable.Builder table = new LongTable.Builder(TasksOutstanding.COLUMNS);
        for (int row = 0; row < rows; row++) {
            table.set(0, random.nextLong() >>> 32).endRow();
        }
        return new TasksOutstanding(ENVELOPE, table.build());
    }
}
