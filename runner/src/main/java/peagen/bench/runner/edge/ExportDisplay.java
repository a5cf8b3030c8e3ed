package peagen.bench.runner.edge;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import peagen.bench.collector.export.ExportProgress;

/**
 * Shows how an export goes on: on standard output a line for every object and a sum, on a terminal also how far the present one
 * is. Used by one thread.
 */
public final class ExportDisplay implements ExportProgress, AutoCloseable {

    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final Map<Done, Integer> objects = new EnumMap<>(Done.class);
    private long uploadedBytes;

    /**
     * A display.
     *
     * @param out gets the lines
     * @param err gets what is painted over, if it is a {@code terminal}
     */
    public ExportDisplay(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void sent(String url, long sent, long size) {
        if (terminal) {
            err.print(CLEAR_LINE + url + ": " + mebibytes(sent) + " of " + mebibytes(size));
            err.flush();
        }
    }

    @Override
    public void done(String url, long size, Done done) {
        objects.merge(done, 1, Integer::sum);
        if (done == Done.UPLOADED) {
            uploadedBytes += size;
        }
        say(word(done) + " " + url + " (" + size + " bytes)");
    }

    /** Says {@code line}. */
    public void say(String line) {
        if (terminal) {
            err.print(CLEAR_LINE);
            err.flush();
        }
        out.println(line);
    }

    /** Says the sum. */
    @Override
    public void close() {
        StringBuilder sum = new StringBuilder();
        objects.forEach((done, count) ->
                sum.append(sum.isEmpty() ? "" : ", ").append(count).append(" ").append(word(done)));
        if (!sum.isEmpty()) {
            say(sum + "; " + uploadedBytes + " bytes uploaded");
        }
    }

    private static String word(Done done) {
        return done == Done.PENDING ? "would upload" : done.name().toLowerCase(Locale.ROOT);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
