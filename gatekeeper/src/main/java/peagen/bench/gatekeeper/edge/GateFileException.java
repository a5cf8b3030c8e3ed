package peagen.bench.gatekeeper.edge;

import java.util.List;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;

/** A gate that does not exist, or whose file is not sound. The message has one line for each problem. */
public final class GateFileException extends RuntimeException implements UserFacing {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    GateFileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, one line each, with file, line and column where a file is to blame. */
    public List<String> problems() {
        return problems;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.BAD_INPUT;
    }
}
