package peagen.bench.probeagent.domain.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import peagen.bench.contract.entry.EntryId;

/**
 * A command that has passed whole. A view of the scanner's buffers: good until the scanner goes on. Arguments are numbered from
 * 0, which is the name.
 */
public final class Command {

    private static final int[] NONE = {};
    private static final int SPANS_KEPT = 4096;

    private Verb verb = Verb.OTHER;
    private byte[] bytes = {};
    private int from;
    private byte[] raw = {};
    private int rawFrom;
    private int rawTo;
    private int[] spans = NONE;
    private int count;
    private boolean kept;

    Command() {}

    void begin() {
        verb = Verb.OTHER;
        count = 0;
        kept = true;
        if (spans.length > SPANS_KEPT) {
            spans = NONE;
        }
    }

    void verb(Verb known) {
        verb = known;
    }

    /** Finds the verb of a command whose arguments are all there. */
    void settle(Predicate<String> wantedKey) {
        if (count > 0) {
            verb = Verb.of(bytes, from(0), to(0));
            if (verb.keyed() && (count == 1 || !wantedKey.test(text(1)))) {
                verb = Verb.OTHER;
            }
        }
    }

    void letGo() {
        kept = false;
    }

    void argument(int from, int to) {
        if (2 * count + 2 > spans.length) {
            spans = Arrays.copyOf(spans, Math.max(32, 2 * spans.length));
        }
        spans[2 * count] = from;
        spans[2 * count + 1] = to;
        count++;
    }

    /** The command stands in {@code source[start, end)}, and the spans are relative to {@code start}. */
    void end(byte[] source, int start, int end) {
        bytes = source;
        from = start;
        raw = source;
        rawFrom = start;
        rawTo = end;
    }

    /** The arguments stand in {@code source}, and the spans are positions there. */
    void arguments(byte[] source) {
        bytes = source;
        from = 0;
    }

    /** What it is; {@link Verb#OTHER} also when it is one of the others in name, but on a key that nobody asked for. */
    public Verb verb() {
        return verb;
    }

    /** Whether the arguments were kept: they are not for a command that nobody needs, or that is larger than the limit. */
    public boolean kept() {
        return kept;
    }

    /** Whether there is nothing in it: Redis gives no answer. */
    public boolean empty() {
        return kept && count == 0;
    }

    /** How many arguments it has, the name included, if they were kept. */
    public int size() {
        return count;
    }

    /** A copy of argument {@code index}. */
    public byte[] copy(int index) {
        return Arrays.copyOfRange(bytes, from(index), to(index));
    }

    /** Argument {@code index} read as UTF-8. */
    public String text(int index) {
        return new String(bytes, from(index), to(index) - from(index), StandardCharsets.UTF_8);
    }

    /** Argument {@code index} read as an entry id; empty when it is none. */
    public Optional<EntryId> entryId(int index) {
        return EntryIdSyntax.read(bytes, from(index), to(index));
    }

    /** Whether argument {@code index} is {@code word}, in any case of letters; words of ASCII only. */
    public boolean is(int index, String word) {
        int from = from(index);
        if (to(index) - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[from + i] | 0x20) != (word.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }

    /** Copies of all arguments. */
    public List<byte[]> copies() {
        List<byte[]> copies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            copies.add(copy(i));
        }
        return copies;
    }

    /** A copy of the command as it was sent. */
    public byte[] raw() {
        return Arrays.copyOfRange(raw, rawFrom, rawTo);
    }

    private int from(int index) {
        return from + spans[2 * index];
    }

    private int to(int index) {
        return from + spans[2 * index + 1];
    }
}
