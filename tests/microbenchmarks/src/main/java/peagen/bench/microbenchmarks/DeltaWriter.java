package peagen.bench.microbenchmarks;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.StreamBroker;

/** Writes {@value #DELTAS_A_SECOND} deltas a second of runs that stay open, in turn, as collectors would, until it is closed. */
final class DeltaWriter implements AutoCloseable {

    static final int DELTAS_A_SECOND = 1_000;
    static final int RUNS = 5;

    private static final int DELTAS_AT_ONCE = 20;
    private static final int TASKS_A_DELTA = 10;
    private static final int TASKS = 1_000_000;

    private final StreamBroker broker;
    private final StreamNames streams;
    private final AtomicLong written = new AtomicLong();
    private final Thread thread;
    private volatile boolean ended;

    private DeltaWriter(StreamBroker broker, StreamNames streams) {
        this.broker = broker;
        this.streams = streams;
        this.thread = Thread.ofPlatform().name("deltas").unstarted(this::write);
    }

    static DeltaWriter start(StreamBroker broker, StreamNames streams) {
        DeltaWriter writer = new DeltaWriter(broker, streams);
        writer.thread.start();
        return writer;
    }

    /** How many there are by now. */
    long written() {
        return written.get();
    }

    private void write() {
        List<BenchedRun> runs = IntStream.range(0, RUNS)
                .mapToObj(number -> BenchedRun.of("open-" + number, TASKS))
                .toList();
        join(broker.append(
                StreamNames.CONTROL, runs.stream().map(BenchedRun::declared).toList()));
        long gap = 1_000_000_000L * DELTAS_AT_ONCE / DELTAS_A_SECOND;
        long next = System.nanoTime();
        int number = 0;
        while (!ended) {
            List<Fields> batch = new ArrayList<>();
            for (int i = 0; i < DELTAS_AT_ONCE; i++) {
                batch.add(runs.get(number % RUNS).delta(number / RUNS * TASKS_A_DELTA, TASKS_A_DELTA));
                number++;
            }
            join(broker.append(streams.metrics(), batch));
            written.addAndGet(DELTAS_AT_ONCE);
            next += gap;
            while (!ended && System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private static void join(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
