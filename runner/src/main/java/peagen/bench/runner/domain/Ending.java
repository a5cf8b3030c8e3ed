package peagen.bench.runner.domain;

/**
 * How a worker process ended.
 *
 * @param exitCode 128 and the signal's number where a signal ended it
 * @param lastWords the last line that it said, empty for none
 */
public record Ending(int exitCode, String lastWords) {

    private static final int TERMINATED = 143;

    /** Whether it ended as a process does that was asked to: with 0, or as the JVM does it, with the code of SIGTERM. */
    public boolean inOrder() {
        return exitCode == 0 || exitCode == TERMINATED;
    }

    @Override
    public String toString() {
        String how = exitCode > 128 ? "ended by signal " + (exitCode - 128) : "ended with exit code " + exitCode;
        return lastWords.isEmpty() ? how : how + ": " + lastWords;
    }
}
