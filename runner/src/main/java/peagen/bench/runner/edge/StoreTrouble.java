package peagen.bench.runner.edge;

import java.util.Optional;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** A gatekeeper's store does not take or give what it should. The message is one line. */
public final class StoreTrouble extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    /** With what the store said. */
    public StoreTrouble(StoreException cause) {
        super(Optional.ofNullable(cause.getMessage()).orElse("the store does not answer"), cause);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.INFRASTRUCTURE;
    }
}
