package peagen.bench.probeagent.domain.resp;

import java.io.ByteArrayOutputStream;

/** Inline commands: words between spaces, with the quotes and escapes that Redis knows ({@code sdssplitargs}). */
final class InlineSyntax {

    private final byte[] line;
    private final ByteArrayOutputStream out;
    private int at;

    private InlineSyntax(byte[] line) {
        this.line = line;
        this.out = new ByteArrayOutputStream(line.length);
    }

    /** Gives {@code command}, which is a whole line, its arguments; false when its quotes are not closed. */
    static boolean split(Command command) {
        return new InlineSyntax(command.raw()).words(command);
    }

    private boolean words(Command command) {
        while (true) {
            while (at < line.length && isSpace(line[at])) {
                at++;
            }
            if (at == line.length) {
                command.arguments(out.toByteArray());
                return true;
            }
            int from = out.size();
            if (!word()) {
                return false;
            }
            command.argument(from, out.size());
        }
    }

    private boolean word() {
        while (at < line.length && !isEnd(line[at])) {
            byte next = line[at++];
            if (next == '"' || next == '\'') {
                return quoted(next);
            }
            out.write(next);
        }
        return true;
    }

    /** A closing quote must be followed by a space or nothing. */
    private boolean quoted(byte quote) {
        while (at < line.length) {
            byte next = line[at++];
            if (next == quote) {
                return at == line.length || isSpace(line[at]);
            }
            if (next == '\\' && at < line.length) {
                escaped(quote);
            } else {
                out.write(next);
            }
        }
        return false;
    }

    private void escaped(byte quote) {
        byte next = line[at];
        if (quote == '\'') {
            at += next == '\'' ? 1 : 0;
            out.write(next == '\'' ? '\'' : '\\');
            return;
        }
        at++;
        if (next == 'x' && at + 1 < line.length && hex(line[at]) >= 0 && hex(line[at + 1]) >= 0) {
            out.write(hex(line[at]) * 16 + hex(line[at + 1]));
            at += 2;
            return;
        }
        out.write(
                switch (next) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'a' -> 7;
                    default -> next;
                });
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    /** Not every space ends a word. */
    private static boolean isEnd(byte letter) {
        return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
    }

    private static boolean isSpace(byte letter) {
        return letter == ' ' || (letter >= '\t' && letter <= '\r');
    }
}
