package peagen.bench.loadgenerator.edge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import peagen.bench.contract.Phase;
import peagen.bench.loadgenerator.domain.Backlog;
import peagen.bench.measurement.schedule.Arrivals;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.Schedule;

/** Decides when tasks go, on a thread of its own that may block. */
public sealed interface Feed {

    /** Sends until the run's phases are over or the sender has halted. */
    void run(Sender sender) throws InterruptedException;

    /**
     * Waits until the clock shows {@code micros} and {@code leastNanos} have passed, or {@code halted}. The clock is read again
     * and again: it is corrected while it runs, and nothing may go before its time.
     */
    private static void waitUntil(LongSupplier clockMicros, long micros, long leastNanos, BooleanSupplier halted) {
        long earliest = System.nanoTime() + leastNanos;
        while (!halted.getAsBoolean()) {
            long due = TimeUnit.MICROSECONDS.toNanos(micros - clockMicros.getAsLong());
            long left = Math.max(due, earliest - System.nanoTime());
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(left, 100_000_000L));
        }
    }

    /**
     * Open loop: every task goes at its intended start, or as soon after it as it can, whatever the farm does.
     *
     * @param startMicros when the schedule starts, on the server's clock
     * @param clockMicros the server's clock
     */
    record Open(Schedule schedule, long startMicros, LongSupplier clockMicros) implements Feed {

        /** After a wait at least this much time has passed: tasks due together share a write. A fifth of a millisecond. */
        private static final long GRAIN_NANOS = 200_000;

        @Override
        public void run(Sender sender) throws InterruptedException {
            Arrivals arrivals = schedule.arrivals();
            long now = 0;
            while (arrivals.advance() && !sender.halted()) {
                long due = startMicros + arrivals.offsetNanos() / 1000;
                if (due > now) {
                    now = clockMicros.getAsLong();
                }
                if (due > now) {
                    sender.send();
                    waitUntil(clockMicros, due, GRAIN_NANOS, sender::halted);
                    now = clockMicros.getAsLong();
                }
                sender.add(arrivals.sequence(), due, arrivals.phase());
            }
            sender.send();
            waitUntil(clockMicros, startMicros + schedule.phases().totalNanos() / 1000, 0, sender::halted);
        }
    }

    /**
     * Closed loop: the next task goes as soon as the farm's backlog has room for it; its intended start is the moment it goes.
     *
     * @param startMicros when the first phase starts, on the server's clock
     * @param clockMicros the server's clock
     */
    record Closed(Phases phases, long startMicros, LongSupplier clockMicros, Backlog backlog) implements Feed {

        private static final int TASKS_AT_ONCE = 128;
        private static final long LOOK_AGAIN_MILLIS = 5;

        @Override
        public void run(Sender sender) throws InterruptedException {
            waitUntil(clockMicros, startMicros, 0, sender::halted);
            long endMicros = startMicros + phases.totalNanos() / 1000;
            long sequence = 0;
            for (long now = clockMicros.getAsLong();
                    now < endMicros && !sender.halted();
                    now = clockMicros.getAsLong()) {
                int room = Math.min(TASKS_AT_ONCE, backlog.room());
                if (room == 0) {
                    backlog.await(LOOK_AGAIN_MILLIS);
                    continue;
                }
                Phase phase = phases.phaseAt(Math.max(0, now - startMicros) * 1000);
                for (int i = 0; i < room; i++) {
                    sender.add(sequence++, now, phase);
                }
                sender.send();
                backlog.sent(room);
            }
        }
    }
}
