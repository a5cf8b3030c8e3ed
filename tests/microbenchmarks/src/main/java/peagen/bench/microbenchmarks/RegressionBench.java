package peagen.bench.microbenchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import peagen.bench.measurement.changepoint.ChangePoint;
import peagen.bench.measurement.changepoint.ChangePoints;
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
        out.printf("%nChange points, of %d histories of 60 values with a step%n", ROUNDS);
        out.printf("  %7s %5s %6s  %5s %10s %4s%n", "noise", "step", "before", "found", "within ± 3", "more");
        print(out, histories(), RegressionBench::searched);
        out.println("  " + longHistory());
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

    private record History(double noise, double step, int before) {

        long seed() {
            return List.of(noise, step, before).hashCode();
        }

        double[] draw(SplittableRandom random) {
            return IntStream.range(0, 60)
                    .mapToDouble(i -> (i < before ? 0 : Math.log1p(step / 100)) + noise / 100 * random.nextGaussian())
                    .map(Math::exp)
                    .toArray();
        }
    }

    private static Stream<History> histories() {
        return VARIATIONS.stream()
                .flatMap(noise -> Stream.concat(
                        Stream.of(new History(noise, 0, 30)),
                        STEPS.stream()
                                .skip(1)
                                .flatMap(step -> Stream.of(30, 50).map(at -> new History(noise, step, at)))));
    }

    private static String searched(History history) {
        SplittableRandom random = new SplittableRandom(history.seed());
        int found = 0;
        int near = 0;
        int more = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<ChangePoint> points = ChangePoints.find(history.draw(random));
            found += points.isEmpty() ? 0 : 1;
            near += points.stream().anyMatch(point -> Math.abs(point.index() - history.before()) <= 3) ? 1 : 0;
            more += points.size() > 1 ? 1 : 0;
        }
        return String.format(
                Locale.ROOT,
                "  %6.1f%% %4.0f%% %6d  %5.1f %10s %4.1f",
                history.noise(),
                history.step(),
                history.before(),
                percent(found),
                history.step() == 0 ? "" : String.format(Locale.ROOT, "%.1f", percent(near)),
                percent(more));
    }

    private static String longHistory() {
        SplittableRandom random = new SplittableRandom(1);
        double[] values = IntStream.range(0, 500)
                .mapToDouble(i -> i / 50 % 2 * 3 + random.nextGaussian())
                .toArray();
        Spread seconds = Spread.of(IntStream.range(0, 5).mapToDouble(i -> {
            long begun = System.nanoTime();
            ChangePoints.find(values);
            return (System.nanoTime() - begun) / 1e9;
        }));
        return String.format(
                Locale.ROOT,
                "500 values with nine steps: %.2f s (%.2f to %.2f)",
                seconds.median(),
                seconds.lowest(),
                seconds.highest());
    }

    private static double percent(int rounds) {
        return 100.0 * rounds / ROUNDS;
    }
}
