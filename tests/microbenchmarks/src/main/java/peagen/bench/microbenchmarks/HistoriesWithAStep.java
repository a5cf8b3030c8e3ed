package peagen.bench.microbenchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import peagen.bench.measurement.changepoint.ChangePoint;
import peagen.bench.measurement.changepoint.ChangePointRule;
import peagen.bench.measurement.changepoint.ChangePoints;

/**
 * How often the search for change points finds a step that is there, and one that is none, in histories of nights with several
 * replicates each. The table is printed as the guide to regressions has it. All noise is seeded: it is the same in every run.
 *
 * @param within standard deviation within a night, %
 * @param between standard deviation between nights, %
 */
record HistoriesWithAStep(double within, double between) {

    private static final int NIGHTS = 60;
    private static final int REPLICATES = 5;
    private static final int STATIONARY = 2_000;
    private static final int WITH_A_STEP = 500;
    private static final List<Double> STEPS = List.of(5.0, 10.0, 20.0);
    private static final List<Integer> PLACES = List.of(30, 50);

    /** What was found, in % of the histories. */
    private record Found(double any, double near, double more) {}

    static void print(PrintStream out) {
        ChangePointRule rule = ChangePointRule.DEFAULT;
        out.printf(
                Locale.ROOT,
                "%nChange points at %s %%, %d shuffles: histories of %d nights with %d replicates each, %d without a step and %d with%n%n",
                number(100 * rule.significance()),
                rule.permutations(),
                NIGHTS,
                REPLICATES,
                STATIONARY,
                WITH_A_STEP);
        List<String> heads = Stream.concat(
                        Stream.of("within nights", "between nights", "nothing changed: found"),
                        STEPS.stream()
                                .flatMap(step -> PLACES.stream()
                                        .flatMap(place -> Stream.of(
                                                "%s %% before %d: found".formatted(number(step), place),
                                                "within ± 3",
                                                "more than one"))))
                .toList();
        out.println(row(heads));
        out.println(row(heads.stream().map(head -> "---").toList()));
        Stream.of(1.0, 5.0, 10.0)
                .flatMap(within -> Stream.of(0.0, within).map(between -> new HistoriesWithAStep(within, between)))
                .toList()
                .parallelStream()
                .map(HistoriesWithAStep::cells)
                .toList()
                .forEach(cells -> out.println(row(cells)));
        out.println();
        out.println(longHistory());
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
    }

    private List<String> cells() {
        Stream<String> first = Stream.of(
                number(within) + " %",
                number(between) + " %",
                percent(search(0, NIGHTS, STATIONARY).any()));
        Stream<String> steps = STEPS.stream()
                .flatMap(step -> PLACES.stream().flatMap(place -> {
                    Found found = search(step, place, WITH_A_STEP);
                    return Stream.of(percent(found.any()), percent(found.near()), percent(found.more()));
                }));
        return Stream.concat(first, steps).toList();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share);
    }

    private Found search(double step, int before, int histories) {
        SplittableRandom random =
                new SplittableRandom(List.of(within, between, step, before).hashCode());
        int any = 0;
        int near = 0;
        int more = 0;
        for (int history = 0; history < histories; history++) {
            List<ChangePoint> points = ChangePoints.find(draw(random, step, before));
            any += points.isEmpty() ? 0 : 1;
            near += points.stream().anyMatch(point -> Math.abs(point.index() - before) <= 3) ? 1 : 0;
            more += points.size() > 1 ? 1 : 0;
        }
        return new Found(100.0 * any / histories, 100.0 * near / histories, 100.0 * more / histories);
    }

    /** One value a night: the mean of its replicates. */
    private double[] draw(SplittableRandom random, double step, int before) {
        return IntStream.range(0, NIGHTS)
                .mapToDouble(night -> Night.run(
                                random,
                                night < before ? 0 : Math.log1p(step / 100),
                                REPLICATES,
                                within,
                                between,
                                Noise.NORMAL)
                        .values()
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(Double.NaN))
                .toArray();
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
}
