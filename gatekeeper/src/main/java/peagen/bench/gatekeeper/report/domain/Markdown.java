package peagen.bench.gatekeeper.report.domain;

/** Text that means nothing in GitHub's markdown but itself. */
final class Markdown {

    private static final int REPLACEMENT = 0xfffd;
    private static final String ENTITIES = "&<>|`@:\"";
    private static final String ESCAPED = "\\*_{}[]()#+-.!~$^=";
    private static final String CUT = "…";

    private Markdown() {}

    /**
     * {@code text} on one line, at most {@code most} characters of it, without effect as markdown or HTML. What ends cells or
     * begins code and tags is written as an entity, because a table's cells are split before anything else is read.
     */
    static String text(String text, int most) {
        StringBuilder out = new StringBuilder();
        int[] points = text.codePoints().limit(most + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, most); i++) {
            append(out, points[i]);
        }
        return points.length > most ? out.append(CUT).toString() : out.toString();
    }

    private static void append(StringBuilder out, int point) {
        if (ENTITIES.indexOf(point) >= 0) {
            out.append("&#").append(point).append(';');
        } else if (ESCAPED.indexOf(point) >= 0 && needsEscape(out, point)) {
            out.append('\\').appendCodePoint(point);
        } else if (Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85) {
            out.append(' ');
        } else if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
            out.appendCodePoint(REPLACEMENT);
        } else {
            out.appendCodePoint(point);
        }
    }

    /** Points and dashes mean something at the beginning of a line alone, or after a number there. */
    private static boolean needsEscape(StringBuilder before, int point) {
        boolean harmlessInside = ".-+=()".indexOf(point) >= 0;
        return !harmlessInside || before.chars().allMatch(c -> c == ' ' || Character.isDigit(c));
    }
}
