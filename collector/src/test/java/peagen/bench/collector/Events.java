package peagen.bench.collector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.TaskEvents;

/** Entries of the events stream. */
public final class Events {

    /** A second of the year 2025, in which the tasks of all samples are sent. */
    public static final long SECOND = 1_748_786_725L;

    private static final long MICROS = 1_000_000;
    private static final AtomicLong NUMBER = new AtomicLong();

    private Events() {}

    public static Envelope envelope(String run) {
        return new Envelope("tester-1", NUMBER.getAndIncrement(), run, SECOND * MICROS, 40);
    }

    /** Tasks {@code from} to {@code from + count - 1}, one every millisecond, 100 µs late each. */
    public static Fields enqueued(String run, long from, int count) {
        LongTable.Builder rows = new LongTable.Builder(TasksEnqueued.COLUMNS);
        for (long sequence = from; sequence < from + count; sequence++) {
            long intended = intended(sequence);
            row(rows, sequence, 0, Phase.STEADY.code(), intended, intended + 100);
        }
        return TaskEvents.encode(new TasksEnqueued(envelope(run), List.of("execute"), rows.build()));
    }

    /** The same tasks claimed 1 ms after their intended start, executed, and completed another 2 ms later. */
    public static Fields completed(String run, long from, int count) {
        LongTable.Builder rows = new LongTable.Builder(TasksObserved.COLUMNS);
        for (long sequence = from; sequence < from + count; sequence++) {
            observed(rows, Observation.CLAIMED, sequence, 0);
            observed(rows, Observation.EXECUTED, sequence, 1_900);
            observed(rows, Observation.COMPLETED, sequence, 2_000);
        }
        return TaskEvents.encode(new TasksObserved(envelope(run), List.of("execute"), rows.build()));
    }

    public static Fields outstanding(String run, long sequence) {
        LongTable.Builder rows = new LongTable.Builder(TasksOutstanding.COLUMNS);
        rows.set(0, sequence).endRow();
        return TaskEvents.encode(new TasksOutstanding(envelope(run), rows.build()));
    }

    /** An event that names {@code count} kinds, which begin with {@code prefix} and are numbered, and has one task. */
    public static Fields ofKinds(String run, String prefix, int count) {
        List<String> kinds = new ArrayList<>();
        for (int kind = 0; kind < count; kind++) {
            kinds.add(prefix + kind);
        }
        LongTable.Builder rows = new LongTable.Builder(TasksEnqueued.COLUMNS);
        row(rows, 1, count - 1, Phase.STEADY.code(), intended(1), intended(1));
        return TaskEvents.encode(new TasksEnqueued(envelope(run), kinds, rows.build()));
    }

    /** An observation of tasks whose numbers, kinds and times have nothing to do with each other. */
    public static Fields scattered(String run, Random random, int count, int kinds) {
        LongTable.Builder rows = new LongTable.Builder(TasksObserved.COLUMNS);
        for (int i = 0; i < count; i++) {
            long sequence = random.nextLong(1L << 32);
            long seen = intended(0) + random.nextLong(3_600 * MICROS);
            int what = random.nextInt(Observation.values().length);
            row(rows, what, sequence, random.nextInt(kinds), Phase.STEADY.code(), 1, intended(0), seen / 2, seen);
        }
        List<String> names =
                IntStream.range(0, kinds).mapToObj(kind -> "k" + kind).toList();
        return TaskEvents.encode(new TasksObserved(envelope(run), names, rows.build()));
    }

    public static Fields malformed(String run) {
        return edited(enqueued(run, 0, 1), "rows", "no table");
    }

    public static Fields ofTheFuture(String run) {
        return edited(enqueued(run, 0, 1), "v", "2");
    }

    /** Anything that may stand in the stream. */
    public static Fields any(Random random, String run) {
        int first = random.nextInt(500);
        int count = 1 + random.nextInt(40);
        return switch (random.nextInt(10)) {
            case 0 -> malformed(run);
            case 1 -> outstanding(run, first);
            case 2, 3, 4 -> enqueued(run, first, count);
            default -> completed(run, first, count);
        };
    }

    /** {@code original} with another value of one field. */
    public static Fields edited(Fields original, String field, String value) {
        Fields.Builder copy = Fields.builder();
        for (int i = 0; i < original.size(); i++) {
            boolean meant = original.name(i).equals(field);
            copy.put(original.name(i), meant ? value.getBytes(StandardCharsets.UTF_8) : original.value(i));
        }
        return copy.build();
    }

    private static long intended(long sequence) {
        return SECOND * MICROS + sequence * 1_000;
    }

    private static void observed(LongTable.Builder rows, Observation what, long sequence, long serviceMicros) {
        long claimed = intended(sequence) + 1_000;
        row(
                rows,
                what.code(),
                sequence,
                0,
                Phase.STEADY.code(),
                1,
                intended(sequence),
                claimed,
                claimed + serviceMicros);
    }

    private static void row(LongTable.Builder rows, long... values) {
        for (int column = 0; column < values.length; column++) {
            rows.set(column, values[column]);
        }
        rows.endRow();
    }
}
