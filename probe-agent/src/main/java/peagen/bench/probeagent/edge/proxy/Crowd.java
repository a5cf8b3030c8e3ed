package peagen.bench.probeagent.edge.proxy;

import java.util.Arrays;

/** Whether several of a thread's connections had something to say of late. For that thread alone. */
final class Crowd {

    /** So many make a crowd: a worker may have a second connection, for what it waits for. */
    static final int SEVERAL = 3;

    /** How long ago is of late. */
    static final long LATELY_NANOS = 5_000_000;

    private static final long NOBODY = -1;

    /** The connections that were heard last, the latest first, and when. */
    private final long[] who = new long[SEVERAL];

    private final long[] when = new long[SEVERAL];

    Crowd() {
        Arrays.fill(who, NOBODY);
    }

    /** Connection {@code number} sent something, or got something from Redis. */
    void heard(long number, long nowNanos) {
        int at = 0;
        while (at < SEVERAL - 1 && who[at] != number) {
            at++;
        }
        System.arraycopy(who, 0, who, 1, at);
        System.arraycopy(when, 0, when, 1, at);
        who[0] = number;
        when[0] = nowNanos;
    }

    /** Whether there is one now. */
    boolean isThere(long nowNanos) {
        return who[SEVERAL - 1] != NOBODY && nowNanos - when[SEVERAL - 1] < LATELY_NANOS;
    }
}
