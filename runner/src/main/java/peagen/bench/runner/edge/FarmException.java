package peagen.bench.runner.edge;

import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** Something outside stands in the way of a run; the message is one line for the user. */
public final class FarmException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    /** Says {@code message}. */
    public FarmException(String message) {
        super(message);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.INFRASTRUCTURE;
    }
}
