package peagen.bench.loadgenerator.edge;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import peagen.bench.contract.Phase;
import peagen.bench.loadgenerator.domain.Backlog;
import peagen.bench.measurement.schedule.Arrivals;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.streams.clock.ServerClock;

/** Decides when tasks go, on a thread of its own that may block. */
public sealed interface Feed {

    /** Sends until the run's phases are over, {@code stopped} says so, or the sender has failed. */
    void run(Sender sender, BooleanSupplier stopped) throws InterruptedException;

    /** Waits until {@code micros} on the server's clock, at least for {@code leastNanos}; not longer than a stop allows. */
    private static void waitUntil(ServerClock clock, long micros, long leastNanos, BooleanSupplier stopped) {
        long nanos = Math.max(leastNanos, (micros - clock.nowMicros()) * 1000);
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !stopped.getAsBoolean(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 100_000_000L));
        }
    }

    /**
     * Open loop: every task goes at its intended start, or as soon after it as it can, whatever the farm does.
     *
     * @param startMicros when the schedule starts, on the server's clock
     */
    record Open(Schedule schedule, long startMicros, ServerClock clock) implements Feed {

        /** After a wait at least this much time has passed: tasks due together share a write. A fifth of a millisecond. */
        private static final long GRAIN_NANOS = 200_000;

        @Override
        public void run(Sender sender, BooleanSupplier stopped) throws InterruptedException {
            Arrivals arrivals = schedule.arrivals();
            long now = 0;
            while (arrivals.advance() && !stopped.getAsBoolean() && !sender.failed()) {
                long due = startMicros + arrivals.offsetNanos() / 1000;
                if (due > now) {
                    now = clock.nowMicros();
                }
                if (due > now) {
                    sender.send();
                    waitUntil(clock, due, GRAIN_NANOS, stopped);
                    now = clock.nowMicros();
                }
                if (!stopped.getAsBoolean()) {
                    sender.add(arrivals.sequence(), due, arrivals.phase());
                }
            }
            sender.send();
            if (!sender.failed()) {
                waitUntil(clock, startMicros + schedule.phases().totalNanos() / 1000, 0, stopped);
            }
        }
    }

    /**
     * Closed loop: the next task goes as soon as the farm's backlog has room for it; its intended start is the moment it goes.
     */
    record Closed(Phases phases, long startMicros, ServerClock clock, Backlog backlog) implements Feed {

        private static final int TASKS_AT_ONCE = 128;
        private static final long LOOK_AGAIN_MILLIS = 5;

        @Override
        public void run(Sender sender, BooleanSupplier stopped) throws InterruptedException {
            waitUntil(clock, startMicros, 0, stopped);
            long endMicros = startMicros + phases.totalNanos() / 1000;
            long sequence = 0;
            for (long now = clock.nowMicros();
                    now < endMicros && !stopped.getAsBoolean() && !sender.failed();
                    now = clock.nowMicros()) {
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
