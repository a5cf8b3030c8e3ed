package peagen.bench.endtoend.kill;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.ResultsMeasured;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.event.TaskEvent.TasksOutstanding;
import peagen.bench.contract.event.TaskEvents;

/**
 * Entries of the events stream without end, out of a seed: events of every type, of two runs and several producers, out of order,
 * some of them appended again at once or much later, and entries that cannot be read. Not thread-safe.
 */
final class EventScript {

    private static final List<String> RUNS = List.of("run-a", "run-b");
    private static final List<Phase> PHASES = List.of(Phase.values());
    private static final List<String> KINDS = List.of("execute", "mutate");
    private static final long START = 1_750_000_000_000_000L;
    private static final int TASKS = 60_000;
    private static final int PRODUCERS = 5;
    private static final int SHUFFLED = 16;

    private final Random random;
    private final long[] numbers = new long[PRODUCERS];
    private final List<Fields> past = new ArrayList<>();
    private final Deque<Fields> next = new ArrayDeque<>();

    EventScript(long seed) {
        this.random = new Random(seed);
    }

    Fields next() {
        if (next.isEmpty()) {
            List<Fields> some = new ArrayList<>();
            while (some.size() < SHUFFLED) {
                some.add(any());
            }
            Collections.shuffle(some, random);
            next.addAll(some);
        }
        return next.removeFirst();
    }

    private Fields any() {
        int dice = random.nextInt(100);
        if (dice < 10 && !past.isEmpty()) {
            // Just now, or at any time before.
            int back = dice < 5 ? 1 + random.nextInt(Math.min(past.size(), 8)) : 1 + random.nextInt(past.size());
            return past.get(past.size() - back);
        }
        if (dice < 13) {
            return unreadable();
        }
        Fields event = event();
        past.add(event);
        return event;
    }

    private Envelope envelope() {
        int producer = random.nextInt(PRODUCERS);
        // Some numbers of a producer go to other streams.
        numbers[producer] += random.nextInt(10) == 0 ? 2 : 1;
        return new Envelope(
                "producer-" + producer,
                numbers[producer],
                RUNS.get(random.nextInt(RUNS.size())),
                START,
                random.nextInt(90));
    }

    private Fields event() {
        int rows = 1 + random.nextInt(300);
        long first = random.nextInt(TASKS);
        return switch (random.nextInt(8)) {
            case 0 -> TaskEvents.encode(new TasksOutstanding(envelope(), outstanding(first, rows)));
            case 1 -> TaskEvents.encode(new ResultsMeasured(envelope(), KINDS, measured(first, rows)));
            case 2, 3, 4 -> TaskEvents.encode(new TasksEnqueued(envelope(), KINDS, enqueued(first, rows)));
            default -> TaskEvents.encode(new TasksObserved(envelope(), KINDS, observed(first, rows)));
        };
    }

    private Fields unreadable() {
        Fields sound = event();
        return switch (random.nextInt(4)) {
            case 0 -> edited(sound, "rows", "no table");
            case 1 -> edited(sound, "v", "2");
            case 2 -> edited(sound, "type", "tasks.dreamt");
            default -> Fields.builder().put("hello", random.nextInt()).build();
        };
    }

    private static Fields edited(Fields original, String field, String value) {
        Fields.Builder copy = Fields.builder();
        for (int i = 0; i < original.size(); i++) {
            boolean meant = original.name(i).equals(field);
            copy.put(original.name(i), meant ? value.getBytes(StandardCharsets.UTF_8) : original.value(i));
        }
        return copy.build();
    }

    private LongTable outstanding(long first, int rows) {
        return table(TasksOutstanding.COLUMNS, rows, row -> new long[] {first + row});
    }

    private LongTable enqueued(long first, int rows) {
        return table(TasksEnqueued.COLUMNS, rows, row -> {
            long intended = START + (first + row) * 50;
            return new long[] {first + row, kind(), phase(), intended, intended + random.nextInt(2_000) - 20};
        });
    }

    private LongTable observed(long first, int rows) {
        return table(TasksObserved.COLUMNS, rows, row -> {
            long task = first + row / 3;
            long intended = START + task * 50;
            long claimed = intended + random.nextInt(50_000);
            int what = random.nextInt(Observation.values().length);
            long seen = claimed + random.nextInt(500_000);
            return new long[] {what, task, kind(), phase(), 1 + random.nextInt(3), intended, claimed, seen};
        });
    }

    private LongTable measured(long first, int rows) {
        return table(ResultsMeasured.COLUMNS, rows, row -> {
            long[] values = new long[ResultsMeasured.COLUMNS];
            values[0] = first + row;
            values[1] = kind();
            values[2] = phase();
            values[3] = START + random.nextInt(1_000_000);
            for (int column = 4; column < values.length; column++) {
                values[column] = random.nextInt(100_000);
            }
            return values;
        });
    }

    private long kind() {
        return random.nextInt(KINDS.size());
    }

    private long phase() {
        return PHASES.get(random.nextInt(PHASES.size())).code();
    }

    private interface Row {
        long[] values(int row);
    }

    private static LongTable table(int columns, int rows, Row content) {
        LongTable.Builder table = new LongTable.Builder(columns);
        for (int row = 0; row < rows; row++) {
            long[] values = content.values(row);
            for (int column = 0; column < columns; column++) {
                table.set(column, values[column]);
            }
            table.endRow();
        }
        return table.build();
    }
}
