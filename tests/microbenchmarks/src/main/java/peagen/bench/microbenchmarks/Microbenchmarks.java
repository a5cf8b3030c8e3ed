package peagen.bench.microbenchmarks;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs all benchmarks or those named, and prints each one's score beside its reference's. */
public final class Microbenchmarks {

    /** The JMH benchmarks by the name they are asked for with, and what is to be said below their tables. */
    private static final Map<String, Group> GROUPS = groups();

    /** The others. */
    private static final Map<String, Measurement> MEASUREMENTS = measurements();

    private interface Measurement {
        void run() throws Exception;
    }

    private record Group(Class<? extends ShortBenchmark> type, Supplier<String> remark) {}

    private Microbenchmarks() {}

    private static Map<String, Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        groups.put("table", new Group(LongTableBench.class, LongTableBench::sizes));
        groups.put("json", new Group(TaskJsonBench.class, () -> ""));
        groups.put("watch", new Group(TaskWatchBench.class, () -> ""));
        groups.put("conversation", new Group(ConversationBench.class, () -> ""));
        groups.put("fold", new Group(FoldBench.class, () -> ""));
        groups.put("schedule", new Group(ScheduleBench.class, () -> ""));
        groups.put("stub", new Group(StubBrokerBench.class, () -> ""));
        return groups;
    }

    private static Map<String, Measurement> measurements() {
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        measurements.put("chain", () -> ChainBench.main(new String[0]));
        measurements.put("proxy", () -> ProxyBench.main(new String[0]));
        measurements.put("collectors", () -> CollectorsBench.main(new String[0]));
        measurements.put("regression", RegressionBench::main);
        measurements.put("api", ApiBench::main);
        measurements.put("verdict", VerdictBench::main);
        measurements.put("restart", RestartBench::main);
        return measurements;
    }

    /**
     * Runs what {@code args} names; everything without a name.
     *
     * @param args names first, then, from the first dash on, options of JMH
     */
    public static void main(String[] args) throws Exception {
        List<String> names =
                Arrays.stream(args).takeWhile(word -> !word.startsWith("-")).toList();
        String[] options = Arrays.copyOfRange(args, names.size(), args.length);
        List<String> known = new ArrayList<>(GROUPS.keySet());
        known.addAll(MEASUREMENTS.keySet());
        Optional<String> unknown =
                names.stream().filter(name -> !known.contains(name)).findFirst();
        if (unknown.isPresent()) {
            System.err.println("got '" + unknown.get() + "', expected any of " + String.join(", ", known));
            System.exit(2);
        }
        for (String name : names.isEmpty() ? known : names) {
            Measurement measurement = MEASUREMENTS.get(name);
            if (measurement == null) {
                run(name, options);
            } else {
                measurement.run();
            }
        }
    }

    private static void run(String name, String[] options) throws RunnerException, CommandLineOptionException {
        Group group = GROUPS.getOrDefault(name, GROUPS.values().iterator().next());
        System.err.println(name + " …");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(options))
                        .include("^" + group.type().getName().replace(".", "\\.") + "\\.")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        print(group, results);
    }

    private static void print(Group group, Collection<RunResult> results) {
        Map<String, Double> scores = new HashMap<>();
        results.forEach(result -> scores.put(method(result), times(result).median()));
        PrintStream out = System.out;
        out.printf("%n%s%n", group.type().getSimpleName());
        out.printf(
                "  %-20s %11s %11s %11s %10s %8s  %s%n",
                "", "ns", "lowest", "highest", "B alloc.", "MB/s", "× reference");
        for (String method : declaredOrder(group.type(), results)) {
            results.stream()
                    .filter(result -> method(result).equals(method))
                    .forEach(result -> out.println(line(method, result, ratio(group.type(), method, scores))));
        }
        String remark = group.remark().get();
        if (!remark.isEmpty()) {
            out.println("  " + remark);
        }
    }

    /** Each reference behind what is set against it. */
    private static List<String> declaredOrder(Class<?> type, Collection<RunResult> results) {
        return results.stream()
                .map(Microbenchmarks::method)
                .sorted((a, b) -> order(type, a).compareTo(order(type, b)))
                .toList();
    }

    private static String order(Class<?> type, String method) {
        return reference(type, method)
                .map(reference -> reference + " " + method)
                .orElse(method + " ~");
    }

    private static String line(String method, RunResult result, String ratio) {
        Spread times = times(result);
        return String.format(
                Locale.ROOT,
                "  %-20s %11.2f %11.2f %11.2f %10.1f %8.0f  %s",
                method,
                times.median(),
                times.lowest(),
                times.highest(),
                secondary(result, "gc.alloc.rate.norm"),
                secondary(result, "gc.alloc.rate"),
                ratio);
    }

    /** The unit's time in each iteration. */
    private static Spread times(RunResult result) {
        return Spread.of(result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore()));
    }

    /** What the garbage collection profiler found. */
    private static double secondary(RunResult result, String name) {
        return result.getSecondaryResults().containsKey(name)
                ? result.getSecondaryResults().get(name).getScore()
                : Double.NaN;
    }

    private static String ratio(Class<?> type, String method, Map<String, Double> scores) {
        return reference(type, method)
                .map(reference -> scores.containsKey(reference)
                        ? String.format(
                                Locale.ROOT,
                                "%.2f × %s",
                                scores.getOrDefault(method, Double.NaN) / scores.getOrDefault(reference, Double.NaN),
                                reference)
                        : "")
                .orElse("reference");
    }

    private static Optional<String> reference(Class<?> type, String method) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(declared -> declared.getName().equals(method))
                .map((Method declared) -> Optional.ofNullable(declared.getAnnotation(Against.class)))
                .flatMap(Optional::stream)
                .map(Against::value)
                .findFirst();
    }

    private static String method(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }
}
