package peagen.bench.microbenchmarks;

import java.io.IOException;
import java.time.Duration;

/** Somebody who takes tasks through the chain, batch after batch, several batches in flight. */
interface Chain extends AutoCloseable {

    /** What is done with each task. */
    enum Steps {
        /** Only appended. */
        APPEND,
        /** Appended, read by a consumer group, acknowledged, deleted. */
        ALL
    }

    String STREAM = "peagen.tasks";
    String GROUP = "peagen";

    /** Does {@code steps} with batches of {@link SampleTasks#READ} tasks, unless made for others, for {@code time}; answers with how many tasks. */
    long run(Steps steps, int inFlight, Duration time) throws Exception;

    @Override
    void close() throws IOException;
}
