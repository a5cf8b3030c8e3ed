package peagen.bench.gatekeeper.report.domain;

/** Text that may stand in XML 1.0, whatever it was before. */
final class XmlText {

    private static final int REPLACEMENT = 0xfffd;

    /** Longer texts are cut: parsers refuse what is very long, and with it the whole report. */
    private static final int MOST = 4000;

    private static final String CUT = "…";

    private XmlText() {}

    /**
     * {@code text}, or its first 4 000 characters, for an attribute or for the inside of an element. What XML has no way to write, control characters and halves
     * of surrogate pairs, becomes U+FFFD. Line breaks and tabs are written as references, because an attribute would lose them.
     */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().limit(MOST).forEach(point -> {
            switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&apos;");
                case '\t', '\n', '\r' -> out.append("&#").append(point).append(';');
                default -> out.appendCodePoint(isCharacter(point) ? point : REPLACEMENT);
            }
        });
        return text.codePointCount(0, text.length()) > MOST ? out.append(CUT).toString() : out.toString();
    }

    /** The production {@code Char} of XML 1.0, https://www.w3.org/TR/xml/#charsets. */
    private static boolean isCharacter(int point) {
        return (point >= 0x20 && point <= 0xd7ff)
                || (point >= 0xe000 && point <= 0xfffd)
                || (point >= 0x10000 && point <= 0x10ffff);
    }
}
