package peagen.bench.probeagent.domain.resp;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;

/** Entry ids as they stand in commands and replies; read without making text of them first. */
final class EntryIdSyntax {

    private static final int MOST_DIGITS = 18;

    private EntryIdSyntax() {}

    static Optional<EntryId> read(byte[] bytes, int from, int to) {
        long millis = 0;
        int at = from;
        while (at < to && isDigit(bytes[at]) && at - from < MOST_DIGITS) {
            millis = millis * 10 + (bytes[at++] - '0');
        }
        int dash = at;
        if (dash == from || dash >= to - 1 || bytes[dash] != '-') {
            return rare(bytes, from, to);
        }
        long sequence = 0;
        for (at = dash + 1; at < to && isDigit(bytes[at]) && at - dash <= MOST_DIGITS; at++) {
            sequence = sequence * 10 + (bytes[at] - '0');
        }
        return at == to ? Optional.of(new EntryId(millis, sequence)) : rare(bytes, from, to);
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    private static Optional<EntryId> rare(byte[] bytes, int from, int to) {
        return EntryId.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
}
