package peagen.bench.measurement.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which kind a task is of and how large its payload is: pure functions of (seed, sequence). Immutable; may be used from any
 * thread.
 */
public final class TaskMix {

    /**
     * A kind and how often it occurs, relative to the others.
     *
     * @param kind name of the kind; not blank, no comma
     * @param weight more than 0
     */
    public record Share(String kind, double weight) {

        /** Rejects kinds that streams cannot carry and weights that are none. */
        public Share {
            if (kind.isBlank() || kind.indexOf(',') >= 0) {
                throw new IllegalArgumentException("got kind '" + kind + "', expected a word without a comma");
            }
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("got weight " + weight + " of '" + kind + "', expected more than 0");
            }
        }
    }

    private final List<Share> shares;
    private final List<String> kinds;
    private final PayloadSize payload;
    private final long seed;
    private final double[] cumulative;
    private final long kindSeed;
    private final long payloadSeed;

    /** A mix of {@code shares}, at least one, every kind once. */
    public TaskMix(List<Share> shares, PayloadSize payload, long seed) {
        this.shares = List.copyOf(shares);
        this.kinds = this.shares.stream().map(Share::kind).toList();
        this.payload = payload;
        this.seed = seed;
        Set<String> distinct = new HashSet<>(kinds);
        if (kinds.isEmpty() || distinct.size() < kinds.size()) {
            throw new IllegalArgumentException("got kinds " + kinds + ", expected at least one, each once");
        }
        cumulative = new double[kinds.size()];
        double sum = 0;
        for (int k = 0; k < cumulative.length; k++) {
            sum += this.shares.get(k).weight();
            cumulative[k] = sum;
        }
        kindSeed = SplitMix64.Stream.KINDS.seed(seed);
        payloadSeed = SplitMix64.Stream.PAYLOADS.seed(seed);
    }

    /** Tasks of one kind and one payload size. */
    public static TaskMix single(String kind, int payloadBytes) {
        return new TaskMix(List.of(new Share(kind, 1)), new PayloadSize.Fixed(payloadBytes), 0);
    }

    /** The kinds, in the order of {@link #kindIndex}. */
    public List<String> kinds() {
        return kinds;
    }

    /** The kind of task {@code sequence}, a position in {@link #kinds()}. */
    public int kindIndex(long sequence) {
        int last = cumulative.length - 1;
        if (last == 0) {
            return 0;
        }
        double draw = SplitMix64.unitAt(kindSeed, sequence) * cumulative[last];
        int kind = 0;
        while (kind < last && draw >= cumulative[kind]) {
            kind++;
        }
        return kind;
    }

    /** The kind of task {@code sequence}. */
    public String kind(long sequence) {
        return kinds.get(kindIndex(sequence));
    }

    /** How many bytes of payload task {@code sequence} carries. */
    public int payloadBytes(long sequence) {
        return switch (payload) {
            case PayloadSize.Fixed fixed -> fixed.bytes();
            case PayloadSize.Uniform range ->
                range.minBytes()
                        + (int) (SplitMix64.unitAt(payloadSeed, sequence) * (range.maxBytes() - range.minBytes() + 1L));
        };
    }

    /** One line that two mixes share only when they are the same. */
    String canonical() {
        StringBuilder text = new StringBuilder("mix");
        shares.forEach(
                share -> text.append(' ').append(share.kind()).append('=').append(Double.toHexString(share.weight())));
        switch (payload) {
            case PayloadSize.Fixed(int bytes) -> text.append(" payload ").append(bytes);
            case PayloadSize.Uniform(int min, int max) ->
                text.append(" payload ").append(min).append("..").append(max);
        }
        return text.append(" seed ").append(seed).toString();
    }
}
