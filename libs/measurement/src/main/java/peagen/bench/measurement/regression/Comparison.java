package peagen.bench.measurement.regression;

import java.util.Optional;
import java.util.OptionalInt;

/** How a run came out against its baseline. */
public sealed interface Comparison {

    /** More replicates than these are not asked for. */
    int MOST_REPLICATES = 100;

    /** The decision with its numbers, one line. */
    String reason();

    /** The whole interval lies beyond the tolerance, on the bad side. */
    record Regressed(RatioInterval interval, String reason) implements Comparison {}

    /** The whole interval lies within the tolerance or on the good side. */
    record NotRegressed(RatioInterval interval, String reason) implements Comparison {}

    /**
     * The interval straddles the tolerance, or one replicate has none.
     *
     * @param interval empty with fewer than two replicates
     * @param neededReplicates how many more replicates of this run would probably decide it, that is, if all figures stay
     *     what they are; empty when these are more than {@link #MOST_REPLICATES}, or when no number of them would, because
     *     the noise between runs alone straddles the tolerance
     */
    record Inconclusive(Optional<RatioInterval> interval, OptionalInt neededReplicates, String reason)
            implements Comparison {}

    /** There is nothing to compare with: too few runs, or values that yield no ratio. */
    record NoBaseline(String reason) implements Comparison {}

    /** A value of the candidate yields no ratio. More replicates do not help; absolute limits judge such a run. */
    record Incomparable(String reason) implements Comparison {}
}
