package peagen.bench.measurement.schedule;

import peagen.bench.contract.Phase;

/**
 * A forward cursor over the arrivals of a {@link Schedule}, before the first one until {@link #advance()} is called. Allocates
 * nothing per arrival. Not thread-safe; every cursor of one schedule yields the same arrivals.
 */
public abstract sealed class Arrivals {

    private final Phases phases;
    private long sequence = -1;
    private long offsetNanos;

    private Arrivals(Phases phases) {
        this.phases = phases;
    }

    /** A cursor over the arrivals of {@code curve}. */
    static Arrivals along(RateCurve curve, Phases phases) {
        return new Even(curve, phases);
    }

    /** A cursor over a Poisson process with {@code perSecond} arrivals a second on average. */
    static Arrivals poisson(double perSecond, Phases phases, long seed) {
        return new Random(perSecond, phases, seed);
    }

    /** Moves to the next arrival; false, and nothing moves, when there is none. */
    public abstract boolean advance();

    /** The intended start of the current arrival, ns after the start of the run. */
    public final long offsetNanos() {
        return offsetNanos;
    }

    /** The phase that the intended start lies in. */
    public final Phase phase() {
        return phases.phaseAt(offsetNanos);
    }

    /** The number of the current arrival within the run, from 0. */
    public final long sequence() {
        return sequence;
    }

    final void moveTo(long offset) {
        sequence++;
        offsetNanos = offset;
    }

    private static final class Even extends Arrivals {
        private final RateCurve curve;
        private final long count;
        private int piece;

        Even(RateCurve curve, Phases phases) {
            super(phases);
            this.curve = curve;
            this.count = curve.arrivals();
        }

        @Override
        public boolean advance() {
            long next = sequence() + 1;
            if (next >= count) {
                return false;
            }
            piece = curve.pieceOf(next, piece);
            moveTo(curve.offsetNanos(piece, next));
            return true;
        }
    }

    private static final class Random extends Arrivals {
        private final long streamSeed;
        private final double meanGapNanos;
        private final long endNanos;
        private double elapsedNanos;

        Random(double perSecond, Phases phases, long seed) {
            super(phases);
            streamSeed = SplitMix64.Stream.ARRIVALS.seed(seed);
            meanGapNanos = 1e9 / perSecond;
            endNanos = phases.totalNanos();
        }

        @Override
        public boolean advance() {
            if (meanGapNanos == Double.POSITIVE_INFINITY) {
                return false;
            }
            double next = elapsedNanos + SplitMix64.exponentialAt(streamSeed, sequence() + 1) * meanGapNanos;
            if (next >= endNanos) {
                return false;
            }
            elapsedNanos = next;
            moveTo((long) next);
            return true;
        }
    }
}
