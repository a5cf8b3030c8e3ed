package peagen.bench.runner.conformance.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A command that a worker sent to Redis.
 *
 * @param connection which of its connections it came on
 * @param words the command's name and its arguments
 */
public record Command(long connection, List<String> words) {

    /** Copies the list. */
    public Command {
        words = List.copyOf(words);
    }

    /** Its name in capitals. */
    public String name() {
        return words.isEmpty() ? "" : words.get(0).toUpperCase(Locale.ROOT);
    }

    /** Whether one of its arguments is {@code word}. */
    public boolean has(String word) {
        return words.subList(Math.min(1, words.size()), words.size()).contains(word);
    }

    /** Whether {@code part} stands in one of its arguments. */
    public boolean mentions(String part) {
        return words.stream().anyMatch(word -> word.contains(part));
    }

    /** The argument behind {@code option}, whatever the case. */
    public Optional<String> after(String option) {
        for (int i = 1; i + 1 < words.size(); i++) {
            if (words.get(i).equalsIgnoreCase(option)) {
                return Optional.of(words.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
