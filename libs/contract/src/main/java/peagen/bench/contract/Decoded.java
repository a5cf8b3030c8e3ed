package peagen.bench.contract;

import java.util.function.Function;

/**
 * The answer of every decoder here. Foreign bytes never raise: they become a value that the reader has to handle.
 *
 * @param <T> what was to be decoded
 */
public sealed interface Decoded<T> {

    /** The entry was understood. */
    record Known<T>(T value) implements Decoded<T> {}

    /**
     * The entry is well formed but of a type or schema version that this build does not know. Both are the sender's words,
     * made one line and cut to {@value #MAX_WORDS} characters.
     */
    record Unsupported<T>(String type, String version) implements Decoded<T> {

        /** Cuts the sender's words. */
        public Unsupported {
            type = oneLine(type);
            version = oneLine(version);
        }
    }

    /**
     * The entry cannot be read; {@code reason} names the field and what was wrong with it, in one line of at most
     * {@value #MAX_WORDS} characters however much of the sender's words it quotes.
     */
    record Malformed<T>(String reason) implements Decoded<T> {

        /** Cuts what is quoted of the sender's words. */
        public Malformed {
            reason = oneLine(reason);
        }
    }

    /** The most characters that an answer repeats: reasons go to logs and onto streams, and the sender chose their length. */
    int MAX_WORDS = 300;

    /** Applies {@code mapping} to a known value and passes everything else through. */
    default <R> Decoded<R> map(Function<? super T, ? extends R> mapping) {
        return switch (this) {
            case Known<T>(T value) -> new Known<>(mapping.apply(value));
            case Unsupported<T>(String type, String version) -> new Unsupported<>(type, version);
            case Malformed<T>(String reason) -> new Malformed<>(reason);
        };
    }

    /** One line for logs and the quarantine stream saying why this is not {@link Known}; "known" if it is. */
    default String problem() {
        return switch (this) {
            case Known<T> known -> "known";
            case Unsupported<T>(String type, String version) ->
                "unsupported type '%s' version '%s'".formatted(type, version);
            case Malformed<T>(String reason) -> reason;
        };
    }

    private static String oneLine(String words) {
        int end = Math.min(words.length(), MAX_WORDS);
        StringBuilder line = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = words.charAt(i);
            boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            line.append(breaks ? '\uFFFD' : c);
        }
        if (end < words.length()) {
            line.setCharAt(end - 1, '…');
        }
        return line.toString();
    }
}
