package peagen.bench.gatekeeper.webhook.domain;

import java.nio.charset.StandardCharsets;

/**
 * How much of a verdict a notice tells.
 *
 * @param textBytes the longest text, in bytes of JSON
 * @param targets the most targets
 * @param reasons the most reasons
 */
record Brevity(int textBytes, int targets, int reasons) {

    private static final int REPLACEMENT = 0xfffd;
    private static final int ESCAPED_BYTES = 6;
    private static final String CUT = "…";

    /** {@code text}, cut where needed. */
    String cut(String text) {
        return cut(text, textBytes);
    }

    /**
     * {@code text}, so that it takes at most {@code bytes} in JSON, quotes left out; what was cut ends with an ellipsis, and half
     * a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
     */
    static String cut(String text, int bytes) {
        StringBuilder kept = new StringBuilder();
        int used = 0;
        int room = 0;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            int written = Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point;
            used += bytesInJson(written);
            if (used > bytes) {
                return kept.substring(0, room) + CUT;
            }
            kept.appendCodePoint(written);
            if (used <= bytes - CUT.getBytes(StandardCharsets.UTF_8).length) {
                room = kept.length();
            }
        }
        return kept.toString();
    }

    private static int bytesInJson(int point) {
        if (point < ' ') {
            return ESCAPED_BYTES;
        }
        if (point == '"' || point == '\\') {
            return 2;
        }
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
