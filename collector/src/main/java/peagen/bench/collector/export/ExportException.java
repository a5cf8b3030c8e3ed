package peagen.bench.collector.export;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** Something cannot be exported; the message is one line that names bucket and key, or the file. */
public final class ExportException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    private final ExitCode code;

    private ExportException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    static ExportException badInput(String message) {
        return new ExportException(ExitCode.BAD_INPUT, message);
    }

    static ExportException infrastructure(String message) {
        return new ExportException(ExitCode.INFRASTRUCTURE, message);
    }

    static ExportException unreadable(Path file, IOException cause) {
        String why = cause instanceof FileSystemException known
                ? Optional.ofNullable(known.getReason())
                        .orElse(cause.getClass().getSimpleName().replace("Exception", ""))
                : String.valueOf(cause.getMessage());
        return badInput("cannot read " + file + ": " + why);
    }

    @Override
    public ExitCode exitCode() {
        return code;
    }
}
