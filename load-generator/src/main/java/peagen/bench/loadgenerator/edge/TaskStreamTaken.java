package peagen.bench.loadgenerator.edge;

import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** Another load generator makes a run on the task stream. Nothing was sent, and nothing declared. */
public final class TaskStreamTaken extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    private final String written;

    /**
     * {@code holder} in words.
     *
     * @param written all that {@link TaskStreamLease} wrote, another text each time
     */
    TaskStreamTaken(String tasks, String holder, String written) {
        super(
                "task stream %s is taken: %s; two at once would disturb each other, so wait for its end, or name another task stream"
                        .formatted(tasks, holder));
        this.written = written;
    }

    String written() {
        return written;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.INFRASTRUCTURE;
    }
}
