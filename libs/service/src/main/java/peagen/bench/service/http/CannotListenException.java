package peagen.bench.service.http;

import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.service.syntax.Quoted;

/** An HTTP server could not be opened. The message is one line that names the address and the reason. */
public final class CannotListenException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    CannotListenException(HostPort address, Throwable cause) {
        super("cannot listen on " + address + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String said =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "no such host";
        }
        if (cause instanceof BindException && said.contains("in use")) {
            return "the port is in use; choose another one with --http, or port 0 for any free one";
        }
        return Quoted.plain(said);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.INFRASTRUCTURE;
    }
}
