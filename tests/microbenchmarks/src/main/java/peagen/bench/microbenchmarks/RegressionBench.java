package peagen.bench.microbenchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import peagen.bench.measurement.regression.Comparison;
import peagen.bench.measurement.regression.Regression;

/**
 * How often a comparison with the baseline, and the search for change points, say the right thing about figures of which it is
 * known what they are. Every figure printed is a share in %, the same in every run: all noise is seeded.
 */
final class RegressionBench {

    private static final int ROUNDS = 500;
    private static final int REPLICATES = 5;
    private static final List<Double> STEPS = List.of(0.0, 5.0, 10.0, 20.0);
    private static final List<Double> VARIATIONS = List.of(1.0, 5.0, 10.0);

    private RegressionBench() {}

    static void main() {
        System.err.println("regression …");
        PrintStream out = System.out;
        out.printf(
                "%nRegression, of %d comparisons: %d replicates of a slower run against a baseline, tolerance 5 %%%n",
                ROUNDS, REPLICATES);
        out.printf(
                "  %-8s %4s %7s %8s %5s  %9s %13s %12s   %s%n",
                "noise",
                "runs",
                "within",
                "between",
                "step",
                "regressed",
                "not regressed",
                "inconclusive",
                "reference: regressed");
        print(out, normalNoise(), RegressionBench::compared);
        print(out, otherNoise(), RegressionBench::compared);
        out.print(NightsInARow.heading());
        out.println(NightsInARow.columns());
        print(out, NightsInARow.all(), NightsInARow::line);
        HistoriesWithAStep.print(out);
    }

    private static <T> void print(PrintStream out, Stream<T> cells, Function<T, String> line) {
        cells.toList().parallelStream().map(line).toList().forEach(out::println);
    }

    private static Stream<Night> normalNoise() {
        return VARIATIONS.stream()
                .flatMap(within -> Stream.of(0.0, within / 2, within)
                        .flatMap(between ->
                                STEPS.stream().map(step -> new Night(Noise.NORMAL, 10, within, between, step))));
    }

    private static Stream<Night> otherNoise() {
        Stream<Night> shapes = Stream.of(Noise.SKEWED, Noise.OUTLIERS)
                .flatMap(noise -> STEPS.stream().map(step -> new Night(noise, 10, 5, 2.5, step)));
        Stream<Night> youngHistories = Stream.of(3, 5)
                .flatMap(runs -> Stream.of(0.0, 20.0).map(step -> new Night(Noise.NORMAL, runs, 5, 5, step)));
        Stream<Night> restless = STEPS.stream().map(step -> new Night(Noise.NORMAL, 10, 2, 10, step));
        return Stream.of(shapes, youngHistories, restless).flatMap(cells -> cells);
    }

    private static String compared(Night night) {
        SplittableRandom random = new SplittableRandom(night.seed());
        int regressed = 0;
        int not = 0;
        int plain = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Night.Drawn drawn = night.draw(random, REPLICATES);
            Comparison comparison = Regression.compare(drawn.candidate(), drawn.baseline());
            regressed += comparison instanceof Comparison.Regressed ? 1 : 0;
            not += comparison instanceof Comparison.NotRegressed ? 1 : 0;
            plain += PlainBootstrap.regressed(drawn, random) ? 1 : 0;
        }
        return String.format(
                Locale.ROOT,
                "  %-8s %4d %6.1f%% %7.1f%% %4.0f%%  %9.1f %13.1f %12.1f   %20.1f",
                night.noise(),
                night.runs(),
                night.within(),
                night.between(),
                night.step(),
                percent(regressed),
                percent(not),
                percent(ROUNDS - regressed - not),
                percent(plain));
    }

    private static double percent(int rounds) {
        return 100.0 * rounds / ROUNDS;
    }
}
