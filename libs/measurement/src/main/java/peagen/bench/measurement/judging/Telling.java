package peagen.bench.measurement.judging;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.RegressionState;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.measurement.regression.Baseline;
import peagen.bench.measurement.regression.Comparison;
import peagen.bench.measurement.regression.RatioInterval;
import peagen.bench.measurement.regression.Replicates;

/** A comparison as a verdict tells it. */
record Telling(Replication which, Replicates candidate, Baseline baseline, Tolerated tolerated) {

    private static final String ALONE = "; one run alone is no evidence, and decides nothing";

    /** That there is none yet. */
    static Verdict.Regression waiting(Tolerated tolerated, String reason) {
        return new Verdict.Regression(
                RegressionState.AWAITS_REPLICATES, null, null, null, tolerated.tolerance(), List.of(), 1, null, reason);
    }

    Verdict.Regression of(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Regressed(RatioInterval interval, String reason) ->
                told(RegressionState.REGRESSED, interval, OptionalInt.empty(), reason);
            case Comparison.NotRegressed(RatioInterval interval, String reason) ->
                told(RegressionState.NOT_REGRESSED, interval, OptionalInt.empty(), reason);
            case Comparison.Inconclusive(Optional<RatioInterval> interval, OptionalInt needed, String reason) ->
                told(RegressionState.INCONCLUSIVE, interval.orElse(null), needed, reason + alone());
            case Comparison.NoBaseline(String reason) ->
                told(RegressionState.NO_BASELINE, null, OptionalInt.empty(), "nothing to compare with: " + reason);
            case Comparison.Incomparable(String reason) ->
                told(RegressionState.INCOMPARABLE, null, OptionalInt.empty(), "not compared: " + reason);
        };
    }

    private String alone() {
        return which.of() == 1 ? ALONE : "";
    }

    private Verdict.Regression told(
            RegressionState state, @Nullable RatioInterval interval, OptionalInt needed, String reason) {
        int missing = which.of() - candidate.count();
        String lost = missing > 0 ? "; %d of %d replicates gave no figure".formatted(missing, which.of()) : "";
        return new Verdict.Regression(
                state,
                interval == null ? null : interval.ratio(),
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                tolerated.tolerance(),
                baseline.runs().stream().map(Baseline.Run::runId).toList(),
                candidate.count(),
                needed.isPresent() ? needed.getAsInt() : null,
                reason + lost);
    }
}
