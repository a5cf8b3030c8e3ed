package peagen.bench.service.syntax;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant who wrote an unknown word. Pure; all methods are thread-safe. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * The known word nearest to {@code unknown}, when it is near enough to be a slip of the finger: one edit in short words, up
     * to three in long ones, case ignored. A known word that merely goes on where {@code unknown} ends counts as well.
     *
     * @return empty when nothing is near; of equally near words the first in iteration order
     */
    public static Optional<String> forUnknown(String unknown, Collection<String> known) {
        String written = unknown.toLowerCase(Locale.ROOT);
        int allowed = Math.clamp(written.length() / 3, 1, 3);
        String best = "";
        int bestDistance = allowed + 1;
        for (String candidate : known) {
            String word = candidate.toLowerCase(Locale.ROOT);
            if (Math.abs(word.length() - written.length()) > allowed) {
                continue;
            }
            int distance = distance(written, word);
            if (distance < bestDistance && distance < Math.max(1, word.length())) {
                best = candidate;
                bestDistance = distance;
            }
        }
        if (!best.isEmpty()) {
            return Optional.of(best);
        }
        return known.stream()
                .filter(word ->
                        written.length() >= 3 && word.toLowerCase(Locale.ROOT).startsWith(written))
                .findFirst();
    }

    /**
     * The tail of a sentence about an unknown word: {@code "; did you mean --claim-batch?"}, or nothing.
     *
     * @param prefix put in front of the suggestion, such as {@code --}
     */
    public static String didYouMean(String unknown, Collection<String> known, String prefix) {
        return forUnknown(unknown, known)
                .map(word -> "; did you mean " + prefix + word + "?")
                .orElse("");
    }

    /**
     * How many insertions, deletions, substitutions and swaps of neighbours lead from {@code a} to {@code b} (optimal string
     * alignment, the restricted Damerau-Levenshtein distance). Takes time proportional to the product of the lengths.
     */
    public static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return cost[a.length()][b.length()];
    }
}
