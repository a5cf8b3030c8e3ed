package peagen.bench.loadgenerator.domain;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a closed load from running away from the farm: knows how many tasks were sent and, from time to time, how many of them
 * are unfinished, and says how many more may go. Thread-safe.
 */
public final class Backlog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition seen = lock.newCondition();
    private final int limit;
    private long sent;
    private long finished;

    /** Allows {@code limit} unfinished tasks. */
    public Backlog(int limit) {
        this.limit = limit;
    }

    /** How many tasks may be sent now. */
    public int room() {
        lock.lock();
        try {
            return (int) Math.max(0, limit - (sent - finished));
        } finally {
            lock.unlock();
        }
    }

    /** {@code tasks} were sent. */
    public void sent(int tasks) {
        lock.lock();
        try {
            sent += tasks;
        } finally {
            lock.unlock();
        }
    }

    /** At a moment when {@code sentThen} tasks had been sent, {@code unfinished} of them were not finished. */
    public void seen(long sentThen, long unfinished) {
        lock.lock();
        try {
            finished = Math.max(finished, sentThen - unfinished);
            seen.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room, {@code millis} at most. */
    public void await(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (room() == 0 && left > 0) {
                left = seen.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
