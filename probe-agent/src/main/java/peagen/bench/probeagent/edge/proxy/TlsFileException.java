package peagen.bench.probeagent.edge.proxy;

import java.util.Optional;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** A certificate or key file cannot be used. The message is one line that names the setting and the file. */
public final class TlsFileException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1;

    TlsFileException(String what, Throwable cause) {
        super(what + " cannot be used: " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        Throwable root = Optional.ofNullable(cause.getCause()).orElse(cause);
        return Optional.ofNullable(root.getMessage())
                .orElse(root.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("unreadable");
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BAD_INPUT;
    }
}
