package peagen.bench.endtoend.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.task.RawJson;
import peagen.bench.contract.task.ResultEnvelope;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.contract.task.ResultJson;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.contract.task.TaskJson;
import peagen.bench.endtoend.kill.Diary.Deed;

/**
 * A worker of its own kind, as a process: {@code port consumer diary}. It takes one task at a time, keeps a diary, reclaims
 * stale tasks in place, gives failed ones back under a new entry id, and dead-letters those that failed too often. Whatever goes
 * wrong on its connection, it lets the task in hand go and connects again; somebody reclaims it.
 */
final class DiaryWorker {

    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final String MIN_IDLE_MILLIS = "1000";
    private static final long RECLAIM_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long a task stays answered and not acknowledged, at least: a kill is to find some there. */
    private static final long OPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int MOST_ATTEMPTS = 3;
    private static final String BEFORE = "{\"execution\":\"";
    private static final String BEHIND = "\"}";
    private static final String DATA = TaskEnvelope.FIELD;

    private final int port;
    private final String consumer;
    private final Diary diary;
    private final String life = Long.toString(ProcessHandle.current().pid(), 36) + Long.toString(System.nanoTime(), 36);
    private long executions;
    private long lookedNanos = System.nanoTime() - RECLAIM_EVERY_NANOS;

    private DiaryWorker(int port, String consumer, Diary diary) {
        this.port = port;
        this.consumer = consumer;
        this.diary = diary;
    }

    /** {@code port consumer diary}. */
    public static void main(String[] args) throws IOException {
        try (Diary diary = new Diary(Path.of(args[2]))) {
            new DiaryWorker(Integer.parseInt(args[0]), args[1], diary).work();
        }
    }

    /** Until it is killed. */
    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Resp redis = new Resp(port)) {
                while (!Thread.currentThread().isInterrupted()) {
                    reclaim(redis);
                    claim(redis);
                }
            } catch (IOException lost) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void claim(Resp redis) throws IOException {
        Object answer = redis.ask(
                "XREADGROUP",
                "GROUP",
                STREAMS.group(),
                consumer,
                "COUNT",
                "1",
                "BLOCK",
                "200",
                "STREAMS",
                STREAMS.tasks(),
                ">");
        if (answer != null) {
            workAll(redis, list(list(list(answer).get(0)).get(1)));
        }
    }

    private void reclaim(Resp redis) throws IOException {
        if (System.nanoTime() - lookedNanos < RECLAIM_EVERY_NANOS) {
            return;
        }
        int found;
        do {
            Object answer = redis.ask(
                    "XAUTOCLAIM", STREAMS.tasks(), STREAMS.group(), consumer, MIN_IDLE_MILLIS, "0-0", "COUNT", "1");
            List<?> entries = list(list(answer).get(1));
            found = entries.size();
            workAll(redis, entries);
        } while (found > 0);
        lookedNanos = System.nanoTime();
    }

    private void workAll(Resp redis, List<?> entries) throws IOException {
        for (Object entry : entries) {
            if (entry != null) {
                work(
                        redis,
                        String.valueOf(list(entry).get(0)),
                        String.valueOf(list(list(entry).get(1)).get(1)));
            }
        }
    }

    private void work(Resp redis, String entryId, String json) throws IOException {
        if (!(TaskJson.read(bytes(json)) instanceof Decoded.Known<TaskEnvelope>(TaskEnvelope task))) {
            throw new IOException("no task: " + json);
        }
        boolean fails = fails(task);
        String execution = life + "-" + ++executions;
        diary.write(Deed.EXECUTED, task.id(), execution);
        redis.ask("XADD", STREAMS.results(), "*", DATA, text(ResultJson.write(result(task, execution, fails))));
        diary.write(Deed.ANSWERED, task.id(), execution);
        LockSupport.parkNanos(OPEN_NANOS);
        if (fails && task.attempts() < MOST_ATTEMPTS) {
            redis.ask("XADD", STREAMS.tasks(), "*", DATA, text(TaskJson.write(task.retried())));
        } else if (fails) {
            redis.ask("XADD", STREAMS.deadLetters(), "*", DATA, text(TaskJson.write(task)));
        }
        redis.askTogether(List.of(
                new String[] {"XACK", STREAMS.tasks(), STREAMS.group(), entryId},
                new String[] {"XDEL", STREAMS.tasks(), entryId}));
        diary.write(Deed.ACKNOWLEDGED, task.id(), execution);
    }

    private static ResultEnvelope result(TaskEnvelope task, String execution, boolean failed) {
        return new ResultEnvelope(
                task.id(),
                failed ? Status.ERROR : Status.OK,
                RawJson.of(BEFORE + execution + BEHIND),
                Instant.now().toString(),
                task.attempts() + 1);
    }

    /** The execution that {@code result} is of, as the diary names it. */
    static String executionIn(ResultEnvelope result) {
        String data = result.data().toString();
        return data.substring(BEFORE.length(), data.length() - BEHIND.length());
    }

    private static boolean fails(TaskEnvelope task) {
        return switch (fate(task.id())) {
            case 0 -> true;
            case 1 -> task.attempts() == 0;
            default -> false;
        };
    }

    /** One task of 20 fails always, and one of 20 the first time. */
    private static int fate(String task) {
        return ((task.hashCode() * 0x9e3779b1) >>> 8) % 20;
    }

    /** Whether {@code task} fails at least once. */
    static boolean failsAtFirst(String task) {
        return fate(task) <= 1;
    }

    private static List<?> list(@Nullable Object answer) throws IOException {
        if (answer instanceof List<?> list) {
            return list;
        }
        throw new IOException("no list: " + answer);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
