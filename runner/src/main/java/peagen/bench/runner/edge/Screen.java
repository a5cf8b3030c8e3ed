package peagen.bench.runner.edge;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal's size. Asked of {@code stty}, because a terminal library, asked for it, takes over Ctrl-C on the way, and then the
 * run could not be closed when its user wants to end it.
 */
final class Screen {

    private static final int USUAL_COLUMNS = 80;
    private static final int LIMIT_SECONDS = 2;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    private Screen() {}

    /** How many columns the terminal has; 80 where there is none or it does not say. Blocks for a moment. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return stty.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) ? columns(said) : USUAL_COLUMNS;
        } catch (IOException nobodyToAsk) {
            return USUAL_COLUMNS;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }

    static int columns(String said) {
        Matcher size = SIZE.matcher(said);
        return size.matches() && size.group(1).length() < 6 && Integer.parseInt(size.group(1)) > 0
                ? Integer.parseInt(size.group(1))
                : USUAL_COLUMNS;
    }
}
