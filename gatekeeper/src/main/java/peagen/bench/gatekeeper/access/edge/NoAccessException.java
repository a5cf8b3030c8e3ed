package peagen.bench.gatekeeper.access.edge;

import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;
import peagen.bench.service.syntax.HostPort;

/** The API would be open to others, and nobody said who may use it. */
public final class NoAccessException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    /** @param address where it was to listen */
    public NoAccessException(HostPort address) {
        super("--http: got " + address
                + ", which others can reach, and there is neither an API token in the store nor an"
                + " access file; make a token with 'bench token create' or say --access FILE, or listen on 127.0.0.1");
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BAD_INPUT;
    }
}
