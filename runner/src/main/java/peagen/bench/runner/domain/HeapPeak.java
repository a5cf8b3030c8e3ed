package peagen.bench.runner.domain;

/**
 * The most heap that a JVM had in use, garbage included.
 *
 * @param usedBytes at most so much at any time
 * @param limitBytes what it may use
 */
public record HeapPeak(long usedBytes, long limitBytes) {

    private static final long MEBIBYTE = 1 << 20;

    @Override
    public String toString() {
        return "at most %d of %d MiB".formatted(Math.ceilDiv(usedBytes, MEBIBYTE), limitBytes / MEBIBYTE);
    }
}
