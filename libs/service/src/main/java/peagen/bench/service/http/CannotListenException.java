package peagen.bench.service.http;

import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.service.syntax.Quoted;

/** A server could not be opened. The message is one line that names the address and the reason. */
public final class CannotListenException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    /** @param setting what the address was given by, such as {@code --http} */
    public CannotListenException(HostPort address, String setting, Throwable cause) {
        super("cannot listen on " + address + ": " + reason(setting, cause), cause);
    }

    private static String reason(String setting, Throwable cause) {
        String said =
                Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "no such host";
        }
        if (cause instanceof BindException && said.contains("in use")) {
            return "the port is in use; choose another one with " + setting + ", or port 0 for any free one";
        }
        return Quoted.plain(said);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.INFRASTRUCTURE;
    }
}
