package peagen.bench.gatekeeper.access.domain;

import java.time.Instant;

/**
 * What somebody did, or was not let do.
 *
 * @param who the caller's name; {@code -} for somebody unknown
 * @param address the address that it came from
 * @param action method and path, without the query: {@code POST /api/v1/runs}
 * @param subject what it was done to, such as the id of a run; empty where the path says it
 * @param status the HTTP status of the answer
 * @param detail one line: a reason given, or the reason of a refusal; empty without
 */
public record AuditEntry(
        Instant at, String who, String address, String action, String subject, int status, String detail) {

    /** The name of somebody unknown. */
    public static final String NOBODY = "-";

    private static final int LONGEST = 500;

    /** Makes texts one line and cuts them: callers choose some of them. */
    public AuditEntry {
        who = line(who);
        action = line(action);
        subject = line(subject);
        detail = line(detail);
    }

    private static String line(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
