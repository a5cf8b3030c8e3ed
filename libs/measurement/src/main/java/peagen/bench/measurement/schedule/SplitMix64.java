package peagen.bench.measurement.schedule;

/**
 * SplitMix64 used as a counter-based generator: output {@code i} is a pure function of (seed, i), so that a draw never
 * depends on what was drawn before it.
 *
 * <p>Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, figure 16; reference
 * implementation https://prng.di.unimi.it/splitmix64.c. All arithmetic is exact, so every JVM draws the same.
 */
public final class SplitMix64 {

    /** The odd integer closest to 2^64 divided by the golden ratio. */
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** What is drawn: each stream of one seed is a generator of its own. */
    enum Stream {
        ARRIVALS(0),
        KINDS(1),
        PAYLOADS(2),
        SERVICE_TIMES(3),
        SERVICE_ANGLES(4),
        FAILURES(5);

        private final int code;

        Stream(int code) {
            this.code = code;
        }

        /** The seed of this stream. */
        long seed(long seed) {
            return mix(seed + mix(code + 1L));
        }
    }

    private SplitMix64() {}

    /** Output {@code index}, from 0, of the generator with {@code streamSeed}. */
    public static long at(long streamSeed, long index) {
        return mix(streamSeed + (index + 1) * GOLDEN_GAMMA);
    }

    /**
     * Output {@code index} as a whole number in [0, {@code bound}): the upper half of the output times the bound, upper half
     * (Lemire, "Fast random integer generation in an interval", 2019, without the rejection: no number is favoured by more
     * than {@code bound} in 2^32).
     *
     * @param bound 1 or more
     */
    public static int indexAt(long streamSeed, long index, int bound) {
        return (int) (((at(streamSeed, index) >>> 32) * bound) >>> 32);
    }

    /** Output {@code index} as a number in [0, 1), a multiple of 2^-53. */
    static double unitAt(long streamSeed, long index) {
        return (at(streamSeed, index) >>> 11) * 0x1.0p-53;
    }

    /**
     * Output {@code index} as an exponential variate of mean 1: {@code -ln(1 - u)}, the inverse of the distribution function.
     * {@link StrictMath}, because {@link Math#log} may differ in the last digit between machines.
     */
    static double exponentialAt(long streamSeed, long index) {
        return -StrictMath.log(1 - unitAt(streamSeed, index));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
