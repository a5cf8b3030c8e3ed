package peagen.bench.runner.edge;

import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** The user has to change an argument or a file; every line of the message is a problem. */
public final class BadInput extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    /** Says {@code message}. */
    public BadInput(String message) {
        super(message);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BAD_INPUT;
    }
}
