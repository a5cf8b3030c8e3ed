package peagen.bench.runner.conformance.domain;

import java.util.Optional;

/** What is asked of workers about tasks that take long, and about tasks of workers that are gone. Pure functions. */
public final class OrphanRules {

    private OrphanRules() {}

    /**
     * A task that somebody claimed who never came back.
     *
     * @param reclaims how often XAUTOCLAIM was heard
     */
    public static Finding reclaim(Trail orphan, long reclaims) {
        return recovered(Point.RECLAIM, orphan, reclaims);
    }

    /**
     * A task whose worker was killed in the middle of it.
     *
     * @param caught whether the worker was killed while the task was pending
     */
    public static Finding kill(Trail task, boolean caught, long reclaims) {
        return caught
                ? recovered(Point.KILL, task, reclaims)
                : Point.KILL.notSeen("the task was over before its worker could be killed");
    }

    private static Finding recovered(Point point, Trail task, long reclaims) {
        if (task.answered()) {
            return point.ok("answered '%s' by another worker"
                    .formatted(task.answers().get(0).label()));
        }
        if (reclaims == 0 && task.consumers().size() < 2) {
            return point.fail("nobody asks for orphans: no XAUTOCLAIM");
        }
        return point.fail("orphans are asked for, and this one never came back", Defect.RECLAIM_UNPACK);
    }

    /**
     * An orphan that has had as many attempts as it may.
     *
     * @param reclaimed how point RECLAIM went
     */
    public static Finding deadLetter(Trail orphan, Finding reclaimed) {
        if (orphan.answered()) {
            return Point.DEAD_LETTER.fail("tried once more: " + orphan.whereabouts());
        }
        if (orphan.dead()) {
            return orphan.over()
                    ? Point.DEAD_LETTER.ok("in the dead letters")
                    : Point.DEAD_LETTER.fail(orphan.whereabouts());
        }
        return reclaimed.state() == Finding.State.OK
                ? Point.DEAD_LETTER.fail(orphan.whereabouts())
                : Point.DEAD_LETTER.notSeen("orphans are not taken over");
    }

    /**
     * A task that takes longer than the idle time.
     *
     * @param tookMillis from its claim to its answer; empty without an answer
     * @param idleMillis after how long others may take a task
     */
    public static Finding renewal(Trail task, Optional<Long> tookMillis, long idleMillis) {
        int holders = task.consumers().size();
        int entries = task.entries().size();
        if (holders > 1 || entries > 1 || task.answers().size() > 1) {
            return Point.RENEWAL.fail(
                    "executed again: claimed by %d workers, %d entries, %d results"
                            .formatted(holders, entries, task.answers().size()),
                    Defect.NO_RENEWAL);
        }
        if (task.longestIdleMillis() >= idleMillis) {
            return Point.RENEWAL.fail(
                    "%d ms without a renewal, anybody may take it after %d ms"
                            .formatted(task.longestIdleMillis(), idleMillis),
                    Defect.NO_RENEWAL);
        }
        if (tookMillis.isEmpty()) {
            return Point.RENEWAL.fail(task.whereabouts());
        }
        return tookMillis.get() <= idleMillis
                ? Point.RENEWAL.notSeen(
                        "took %d ms, less than the %d ms of idle_ms: its handler does not know 'sleep_ms'"
                                .formatted(tookMillis.get(), idleMillis))
                : Point.RENEWAL.ok("took %d ms, renewed after %d ms at most"
                        .formatted(tookMillis.get(), task.longestIdleMillis()));
    }
}
