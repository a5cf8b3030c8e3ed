package peagen.bench.microbenchmarks;

/** What a figure was measured on. */
final class Machine {

    private Machine() {}

    /** {@code 2 cores, JDK 25.0.1}. */
    static String words() {
        return "%d cores, JDK %s".formatted(Runtime.getRuntime().availableProcessors(), Runtime.version());
    }
}
