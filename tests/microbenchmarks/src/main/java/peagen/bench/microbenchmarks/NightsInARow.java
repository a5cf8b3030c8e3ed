package peagen.bench.microbenchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import peagen.bench.measurement.regression.Baseline;
import peagen.bench.measurement.regression.Comparison;
import peagen.bench.measurement.regression.Regression;
import peagen.bench.measurement.regression.Replicates;

/**
 * An unchanged program, night after night, where each night's comparison decides whether the night enters the baseline of those
 * that follow. The reference lets in only nights that were found not regressed: those of good luck.
 *
 * @param within standard deviation within a run, %
 * @param between standard deviation between runs, %
 */
record NightsInARow(double within, double between) {

    private static final int HISTORIES = 100;
    private static final int NIGHTS = 60;
    private static final int FIRST = 10;
    private static final int LONGEST = 10;
    private static final int REPLICATES = 5;
    private static final double TYPICAL = 250;

    /** What came out, over all nights behind the first baseline. */
    private record Tally(double regressed, double inconclusive, double baseline) {}

    static Stream<NightsInARow> all() {
        return Stream.of(1.0, 5.0, 10.0)
                .flatMap(
                        within -> Stream.of(0.0, within / 2, within).map(between -> new NightsInARow(within, between)));
    }

    static String heading() {
        return "%nAn unchanged program in %d nights, one after the other; reference: only nights found not regressed enter%n"
                .formatted(NIGHTS);
    }

    static String columns() {
        return "  %7s %8s  %9s %12s %10s   %20s %12s %10s"
                .formatted(
                        "within",
                        "between",
                        "regressed",
                        "inconclusive",
                        "baseline",
                        "reference: regressed",
                        "inconclusive",
                        "baseline");
    }

    String line() {
        Tally ours = tally(false);
        Tally reference = tally(true);
        return String.format(
                Locale.ROOT,
                "  %6.1f%% %7.1f%%  %9.1f %12.1f %+9.1f%%   %20.1f %12.1f %+9.1f%%",
                within,
                between,
                ours.regressed,
                ours.inconclusive,
                ours.baseline,
                reference.regressed,
                reference.inconclusive,
                reference.baseline);
    }

    private Tally tally(boolean onlyDecided) {
        SplittableRandom random = new SplittableRandom(List.of(within, between).hashCode());
        double regressed = 0;
        double inconclusive = 0;
        double drift = 0;
        for (int history = 0; history < HISTORIES; history++) {
            Deque<Baseline.Run> baseline = new ArrayDeque<>();
            for (int night = 0; night < NIGHTS; night++) {
                Replicates figures = Night.run(random, Math.log(TYPICAL), REPLICATES, within, between, Noise.NORMAL);
                Comparison comparison = Regression.compare(figures, Baseline.of(List.copyOf(baseline)));
                boolean counts = night >= FIRST;
                regressed += counts && comparison instanceof Comparison.Regressed ? 1 : 0;
                inconclusive += counts && comparison instanceof Comparison.Inconclusive ? 1 : 0;
                if (night < FIRST || enters(comparison, onlyDecided)) {
                    baseline.addLast(new Baseline.Run("night-" + night, figures));
                    if (baseline.size() > LONGEST) {
                        baseline.removeFirst();
                    }
                }
            }
            drift += baseline.stream()
                    .flatMap(run -> run.replicates().values().stream())
                    .mapToDouble(value -> Math.log(value / TYPICAL))
                    .average()
                    .orElse(0);
        }
        double nights = HISTORIES * (double) (NIGHTS - FIRST);
        return new Tally(100 * regressed / nights, 100 * inconclusive / nights, 100 * Math.expm1(drift / HISTORIES));
    }

    private static boolean enters(Comparison comparison, boolean onlyDecided) {
        return switch (comparison) {
            case Comparison.Regressed regressed -> false;
            case Comparison.Inconclusive unsure -> !onlyDecided;
            default -> true;
        };
    }
}
