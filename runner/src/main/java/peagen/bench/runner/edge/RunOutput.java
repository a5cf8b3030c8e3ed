package peagen.bench.runner.edge;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.Consumer;
import peagen.bench.contract.verdict.Verdict;

/**
 * Where a run tells people about itself.
 *
 * @param lines gets whole lines about what goes on
 * @param screen gets the progress bar, which paints over itself
 * @param terminal whether {@code screen} is a terminal; if not there is no bar, but a line from time to time
 * @param judged gets the verdict as soon as it is there, before anything is written
 */
public record RunOutput(PrintWriter lines, PrintStream screen, boolean terminal, Consumer<Verdict> judged) {

    /** Says {@code line}. From any thread. */
    public void say(String line) {
        synchronized (lines) {
            lines.println(line);
            lines.flush();
        }
    }
}
