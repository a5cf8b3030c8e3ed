package peagen.bench.probeagent.domain.conversation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.Fields;

/** The replies that are on their way, in the order of their commands. A command that means nothing to us costs a count. */
final class Expectations {

    private final ArrayDeque<Expected> meaningful = new ArrayDeque<>();
    private long plainBehind;

    /** A reply that means nothing to us will come. */
    void plain() {
        plainBehind++;
    }

    /** A reply that means something will come. */
    void add(Expected expected) {
        expected.plainBefore(plainBehind);
        plainBehind = 0;
        meaningful.add(expected);
    }

    /** What the next reply is, if it means something; null when it does not, and when none is on its way. */
    @Nullable
    Expected head() {
        Expected first = meaningful.peek();
        while (first instanceof Expected.OfOurs ours && ours.plainBefore() == 0 && ours.isOver()) {
            meaningful.remove();
            first = meaningful.peek();
        }
        return first != null && first.plainBefore() == 0 ? first : null;
    }

    /** What we put in between and was not answered. */
    List<Fields> unanswered() {
        return meaningful.stream()
                .flatMap(expected ->
                        expected instanceof Expected.OfOurs ours ? ours.unanswered().stream() : Stream.empty())
                .toList();
    }

    /** How many replies on their way mean something. */
    int size() {
        return meaningful.size();
    }

    /** Whether no reply is on its way. */
    boolean isEmpty() {
        return head() == null && meaningful.isEmpty() && plainBehind == 0;
    }

    /** The next reply came, and {@link #head} was null. */
    void tookPlain() {
        Expected first = meaningful.peek();
        if (first != null) {
            first.plainBefore(first.plainBefore() - 1);
        } else {
            plainBehind--;
        }
    }

    /** What {@link #head} said came whole. */
    void tookHead() {
        meaningful.remove();
    }
}
