package peagen.bench.contract.event;

import java.util.Optional;

/**
 * What sort of machine a worker runs on, in one word of whoever starts it: {@code cpu}, {@code gpu}, {@code m7i.large}. Everything
 * that is said of workers of one class is comparable.
 */
public final class WorkerClass {

    /** Of a worker whose class nobody said. */
    public static final String NOT_SAID = "";

    /** The most characters that a class has. */
    public static final int MAX_CHARS = 64;

    /** What a class looks like, for messages. */
    public static final String EXPECTED = "at most " + MAX_CHARS + " letters, digits, '.', '_', '-'";

    private WorkerClass() {}

    /** Whether {@code text} is a class, {@link #NOT_SAID} included. */
    public static boolean isOne(String text) {
        if (text.length() > MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!fits && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Reads a class; empty when {@code text} is none. */
    public static Optional<String> parse(String text) {
        return Optional.of(text).filter(WorkerClass::isOne);
    }

    static void check(String workerClass) {
        if (!isOne(workerClass)) {
            throw new IllegalArgumentException("worker class: got '" + workerClass + "', expected " + EXPECTED);
        }
    }
}
