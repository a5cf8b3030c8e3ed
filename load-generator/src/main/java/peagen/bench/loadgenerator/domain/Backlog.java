package peagen.bench.loadgenerator.domain;

/**
 * Keeps a closed load from running away from the farm: knows how many tasks were sent and, from time to time, how many of them
 * are unfinished, and says how many more may go. Thread-safe.
 */
public final class Backlog {

    private final int limit;
    private long sent;
    private long finished;

    /** Allows {@code limit} unfinished tasks. */
    public Backlog(int limit) {
        this.limit = limit;
    }

    /** How many tasks may be sent now. */
    public synchronized int room() {
        return (int) Math.max(0, limit - (sent - finished));
    }

    /** {@code tasks} were sent. */
    public synchronized void sent(int tasks) {
        sent += tasks;
        notifyAll();
    }

    /** At a moment when {@code sentThen} tasks had been sent, {@code unfinished} of them were not finished. */
    public synchronized void seen(long sentThen, long unfinished) {
        finished = Math.max(finished, sentThen - unfinished);
        notifyAll();
    }

    /** How many tasks have been sent. */
    public synchronized long sent() {
        return sent;
    }

    /** Waits until there may be room, {@code millis} at most. */
    public synchronized void await(long millis) throws InterruptedException {
        if (room() == 0) {
            wait(millis);
        }
    }
}
