package peagen.bench.service.syntax;

/** Foreign text made fit for one line of a terminal: quoted, control characters escaped, long text cut. */
public final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    /** {@code text} in single quotes; nothing in it can move the cursor or start a new line. */
    public static String of(String text) {
        return "'" + plain(text) + "'";
    }

    /** As {@link #of} but without the quotes. */
    public static String plain(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> append(line, point));
        return text.codePointCount(0, text.length()) > LONGEST
                ? line.append('…').toString()
                : line.toString();
    }

    private static void append(StringBuilder line, int point) {
        switch (point) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (Character.isISOControl(point)) {
                    line.append("\\u%04x".formatted(point));
                } else {
                    line.appendCodePoint(point);
                }
            }
        }
    }
}
