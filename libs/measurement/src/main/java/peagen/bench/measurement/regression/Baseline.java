package peagen.bench.measurement.regression;

import java.util.List;
import java.util.Optional;

/**
 * What a run is set against.
 *
 * @param runs the runs, the oldest first
 * @param leftOut runs under the same conditions that were looked at and did not enter, the oldest first
 * @param acceptance what cut off all runs before; empty when nothing did
 */
public record Baseline(List<Run> runs, List<LeftOut> leftOut, Optional<Acceptance> acceptance) {

    /** Copies the lists. */
    public Baseline {
        runs = List.copyOf(runs);
        leftOut = List.copyOf(leftOut);
    }

    /** A baseline of these runs, all that there are. */
    public static Baseline of(List<Run> runs) {
        return new Baseline(runs, List.of(), Optional.empty());
    }

    /** A run of the baseline and what it measured. */
    public record Run(String runId, Replicates replicates) {}

    /** A run that did not enter, and why: {@code FAIL}. */
    public record LeftOut(String runId, String why) {}
}
