package peagen.bench.runner.edge;

import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** The run was stopped before there was anything to judge. */
public final class StoppedException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    /** Stopped because of {@code reason}. */
    public StoppedException(String reason) {
        super(reason + " before the run began: there is nothing to judge");
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.INCONCLUSIVE;
    }
}
