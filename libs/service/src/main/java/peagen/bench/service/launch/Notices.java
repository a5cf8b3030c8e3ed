package peagen.bench.service.launch;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import peagen.bench.service.syntax.Quoted;

/** The few lines a launch says to its user, each beginning with the program's name. */
final class Notices {

    private final String program;
    private final PrintStream err;
    private final boolean traces;

    /** @param traces whether failures come with their stack traces */
    Notices(String program, PrintStream err, boolean traces) {
        this.program = program;
        this.err = err;
        this.traces = traces;
    }

    void say(String line) {
        err.println(program + ": " + line);
    }

    /** Says what failed, and answers what the process should end with because of it. */
    ExitCode failure(String prefix, Throwable failure) {
        Throwable cause = unwrapped(failure);
        say(prefix + message(cause));
        if (traces) {
            cause.printStackTrace(err);
        }
        return cause instanceof UserFacing known ? known.exitCode() : ExitCode.INFRASTRUCTURE;
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper ? Optional.ofNullable(failure.getCause()).orElse(failure) : failure;
    }

    private String message(Throwable cause) {
        String said = Optional.ofNullable(cause.getMessage()).orElse("").strip();
        if (!said.isEmpty() && (cause instanceof UserFacing || said.lines().count() == 1)) {
            return said;
        }
        String first =
                said.lines().findFirst().map(line -> ": " + Quoted.plain(line)).orElse("");
        String hint = traces ? "" : "; --log-level debug shows where";
        return "unexpected " + cause.getClass().getSimpleName() + first + hint;
    }
}
