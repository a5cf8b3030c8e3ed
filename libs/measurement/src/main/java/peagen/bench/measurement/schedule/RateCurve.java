package peagen.bench.measurement.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * A piecewise linear rate and its cumulative count. In a piece that starts at {@code t₀} with rate {@code r₀} and slope
 * {@code a}, {@code n} further arrivals take {@code t − t₀ = 2n / (r₀ + √(r₀² + 2an))}: the root of {@code r₀t + at²/2 = n} in
 * the form that does not cancel (Press et al., Numerical Recipes, 5.6). Only +, −, ×, ÷ and √ are used, which IEEE 754 rounds
 * correctly, so every JVM computes the same instants.
 */
final class RateCurve {

    private static final double NANOS = 1e9;

    private record Piece(long startNanos, long endNanos, double startRate, double endRate) {
        double seconds() {
            return (endNanos - startNanos) / NANOS;
        }

        double slope() {
            return (endRate - startRate) / seconds();
        }

        double count() {
            return (startRate + endRate) / 2 * seconds();
        }
    }

    private final List<Piece> pieces;
    private final long totalNanos;
    private final long[] startNanos;
    private final long[] endNanos;
    private final double[] startRate;
    private final double[] slope;
    private final double[] countBefore;

    private RateCurve(List<Piece> pieces, long totalNanos) {
        this.pieces = pieces;
        this.totalNanos = totalNanos;
        startNanos = pieces.stream().mapToLong(Piece::startNanos).toArray();
        endNanos = pieces.stream().mapToLong(Piece::endNanos).toArray();
        startRate = pieces.stream().mapToDouble(Piece::startRate).toArray();
        slope = pieces.stream().mapToDouble(Piece::slope).toArray();
        countBefore = new double[pieces.size() + 1];
        for (int p = 0; p < pieces.size(); p++) {
            countBefore[p + 1] = countBefore[p] + pieces.get(p).count();
        }
    }

    static RateCurve of(LoadShape shape, Phases phases) {
        return new RateCurve(
                switch (shape) {
                    case LoadShape.Constant(TaskRate rate) -> flat(phases, rate);
                    case LoadShape.Poisson(TaskRate mean) -> flat(phases, mean);
                    case LoadShape.Idle() -> flat(phases, new TaskRate(0));
                    case LoadShape.Ramp(TaskRate from, TaskRate to) -> steps(phases, from, to, 1, true);
                    case LoadShape.Staircase(TaskRate from, TaskRate to, int steps) ->
                        steps(phases, from, to, steps, false);
                    case LoadShape.Burst burst -> bursts(phases, burst);
                },
                phases.totalNanos());
    }

    private static List<Piece> flat(Phases phases, TaskRate rate) {
        List<Piece> pieces = new ArrayList<>();
        add(pieces, 0, phases.totalNanos(), rate.perSecond(), rate.perSecond());
        return pieces;
    }

    private static List<Piece> steps(Phases phases, TaskRate from, TaskRate to, int steps, boolean sloped) {
        List<Piece> pieces = new ArrayList<>();
        double first = from.perSecond();
        double last = to.perSecond();
        long start = phases.steadyStartNanos();
        long length = phases.steadyEndNanos() - start;
        add(pieces, 0, start, first, first);
        for (int step = 0; step < steps; step++) {
            double level = sloped ? first : first + (last - first) * step / (steps - 1);
            long stepStart = start + length / steps * step + length % steps * step / steps;
            long stepEnd = start + length / steps * (step + 1) + length % steps * (step + 1) / steps;
            add(pieces, stepStart, stepEnd, level, sloped ? last : level);
        }
        add(pieces, phases.steadyEndNanos(), phases.totalNanos(), last, last);
        return pieces;
    }

    private static List<Piece> bursts(Phases phases, LoadShape.Burst burst) {
        List<Piece> pieces = new ArrayList<>();
        long period = burst.periodSeconds() * 1_000_000_000L;
        long calm = (burst.periodSeconds() - burst.burstSeconds()) * 1_000_000_000L;
        double base = burst.base().perSecond();
        double peak = burst.peak().perSecond();
        for (long start = 0; start < phases.totalNanos(); start += period) {
            add(pieces, start, Math.min(start + calm, phases.totalNanos()), base, base);
            add(pieces, start + calm, Math.min(start + period, phases.totalNanos()), peak, peak);
        }
        return pieces;
    }

    private static void add(List<Piece> pieces, long start, long end, double startRate, double endRate) {
        if (start < end) {
            pieces.add(new Piece(start, end, startRate, endRate));
        }
    }

    double perSecondAt(long offsetNanos) {
        for (Piece piece : pieces) {
            if (offsetNanos >= piece.startNanos && offsetNanos < piece.endNanos) {
                return piece.startRate + piece.slope() * ((offsetNanos - piece.startNanos) / NANOS);
            }
        }
        return 0;
    }

    /** The cumulative count at the end of the run. */
    double expected() {
        return countBefore[countBefore.length - 1];
    }

    /** How many arrivals lie before the end of the run, to the nanosecond. */
    long arrivals() {
        long count = (long) Math.ceil(expected());
        while (count > 0 && offsetNanos(pieceOf(count - 1, 0), count - 1) >= totalNanos) {
            count--;
        }
        return count;
    }

    /** The piece, {@code from} or later, that arrival {@code index} lies in. */
    int pieceOf(long index, int from) {
        int piece = from;
        while (index >= countBefore[piece + 1]) {
            piece++;
        }
        return piece;
    }

    /** When arrival {@code index} of {@code piece} is, ns after the start of the run. */
    long offsetNanos(int piece, long index) {
        double n = index - countBefore[piece];
        double rate = startRate[piece];
        double seconds = slope[piece] == 0
                ? n / rate
                : n == 0 ? 0 : 2 * n / (rate + Math.sqrt(Math.max(0, rate * rate + 2 * slope[piece] * n)));
        return Math.min(endNanos[piece], startNanos[piece] + (long) (seconds * NANOS + 0.5));
    }
}
