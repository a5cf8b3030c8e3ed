package peagen.bench.runner.conformance.domain;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import peagen.bench.contract.StreamNames;
import peagen.bench.runner.domain.Ending;

/** What is asked of a worker about waiting and ending. Pure functions. */
public final class LifeRules {

    private static final int AGAIN_AND_AGAIN = 3;

    private LifeRules() {}

    /** How it waits for tasks, over the whole check. */
    public static Finding block(Traffic traffic) {
        List<String> blocks = traffic.blocks();
        if (blocks.isEmpty()) {
            return Point.BLOCK.notSeen("no XREADGROUP was heard");
        }
        return blocks.contains("0")
                ? Point.BLOCK.fail("XREADGROUP with BLOCK 0", Defect.BLOCK_ZERO)
                : Point.BLOCK.ok("BLOCK " + String.join(", ", new TreeSet<>(blocks)));
    }

    /**
     * A task that waits for the result of another one.
     *
     * @param traffic what was heard in the meantime
     * @param older how many other results there were already
     */
    public static Finding resultWait(Trail task, Traffic traffic, StreamNames streams, int older) {
        Traffic.ResultReads reads = traffic.resultReads(streams);
        if (reads.all() == 0) {
            return Point.RESULT_WAIT.notSeen("it never reads results");
        }
        if (reads.single() >= older || reads.fromBeginning() >= AGAIN_AND_AGAIN) {
            return Point.RESULT_WAIT.fail(
                    "%d reads, %d of one entry, %d from the beginning; the stream holds %d"
                            .formatted(reads.all(), reads.single(), reads.fromBeginning(), older + 1),
                    Defect.RESULT_RESCAN);
        }
        return task.answered()
                ? Point.RESULT_WAIT.ok("%d reads".formatted(reads.all()))
                : Point.RESULT_WAIT.fail(task.whereabouts());
    }

    /**
     * Workers that were sent SIGTERM.
     *
     * @param endings how they ended; empty for one that did not
     * @param limitMillis how long was waited for that
     */
    public static Finding shutdown(List<Optional<Ending>> endings, long limitMillis) {
        for (Optional<Ending> ending : endings) {
            if (ending.isEmpty()) {
                return Point.SHUTDOWN.fail("still runs %d ms after SIGTERM".formatted(limitMillis));
            }
            if (!ending.get().inOrder()) {
                return Point.SHUTDOWN.fail(ending.get().toString());
            }
        }
        return endings.isEmpty() ? Point.SHUTDOWN.notSeen("no worker was left to end") : Point.SHUTDOWN.ok("ended");
    }

    /**
     * The task that a worker had in hand when SIGTERM came.
     *
     * @param caught whether it was pending then
     */
    public static Finding drain(Trail task, boolean caught) {
        if (!caught) {
            return Point.DRAIN.notSeen("the task was over before SIGTERM could be sent");
        }
        return task.answered()
                ? Point.DRAIN.ok("answered '%s' after SIGTERM"
                        .formatted(task.answers().get(0).label()))
                : Point.DRAIN.fail(task.whereabouts());
    }

    /**
     * A worker with WORKER_CONCURRENCY=1 and two tasks.
     *
     * @param ending how it ended; empty for one that did not
     * @param answered how many of the tasks it answered
     */
    public static Finding oneShot(Optional<Ending> ending, int answered) {
        if (ending.isEmpty()) {
            return Point.ONE_SHOT.fail("still runs, %d of 2 tasks answered".formatted(answered));
        }
        return ending.get().exitCode() == 0 && answered == 1
                ? Point.ONE_SHOT.ok("exit code 0 after one task")
                : Point.ONE_SHOT.fail("%s, %d of 2 tasks answered".formatted(ending.get(), answered));
    }
}
