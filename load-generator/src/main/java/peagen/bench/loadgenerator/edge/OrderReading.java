package peagen.bench.loadgenerator.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.loadgenerator.domain.Arrival;
import peagen.bench.loadgenerator.domain.RunRequest;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.service.syntax.Quoted;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.service.toml.Problem;

/**
 * Turns orders into runs, with the scenarios of one folder. Reads files, so not for event loops; stateless.
 *
 * @param scenarios the folder of {@code NAME.toml}
 * @param environment where runs are made whose order does not say
 * @param streams the farm's streams
 */
public record OrderReading(Path scenarios, String environment, StreamNames streams) {

    private static final String SUFFIX = ".toml";
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,127}");
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_PROBLEMS = 3;
    private static final int LONGEST_REASON = 500;

    /** What came of it. */
    public sealed interface Outcome {
        /** The run can be made. */
        record Sound(RunRequest request) implements Outcome {}

        /**
         * It cannot.
         *
         * @param reason one line for whoever ordered it
         */
        record Refused(String reason) implements Outcome {}
    }

    /** Whether {@code text} may name a run: run ids name folders and stand in URLs. */
    public static boolean isRunId(String text) {
        return RUN_ID.matcher(text).matches();
    }

    /** Reads {@code order} of run {@code runId}, which stands at {@code at} on the control stream. */
    public Outcome read(String runId, RunOrder order, EntryId at) {
        if (!isRunId(runId)) {
            return refused("the run cannot be called " + Quoted.of(runId)
                    + ": expected up to 128 letters, digits, dots, dashes and underscores, a letter or digit first");
        }
        Path file = scenarios.resolve(order.scenario() + SUFFIX);
        if (!NAME.matcher(order.scenario()).matches() || !Files.isRegularFile(file)) {
            List<String> names = names();
            return refused("scenario: got " + Quoted.of(order.scenario()) + ", expected one of "
                    + String.join(", ", names) + Suggestion.didYouMean(order.scenario(), names, ""));
        }
        return switch (ScenarioFile.load(file)) {
            case ScenarioFile.Outcome.Sound(Scenario scenario) -> changed(scenario, runId, order, at);
            case ScenarioFile.Outcome.Broken(List<Problem> problems) ->
                refused(problems.stream()
                        .limit(MOST_PROBLEMS)
                        .map(Problem::toString)
                        .collect(Collectors.joining("; ")));
        };
    }

    private Outcome changed(Scenario fromFile, String runId, RunOrder order, EntryId at) {
        Scenario scenario = fromFile;
        if (order.rate().isPresent()) {
            Optional<Arrival> arrival = Arrival.parse(order.rate().get());
            if (arrival.isEmpty()) {
                return refused("rate: got " + Quoted.of(order.rate().get()) + ", expected " + Arrival.EXPECTED);
            }
            scenario = scenario.arriving(arrival.get());
        }
        if (order.steadySeconds().isPresent()) {
            int seconds = order.steadySeconds().get();
            if (seconds < 1 || seconds > MOST_SECONDS) {
                return refused("steady seconds: got %d, expected 1 to %d".formatted(seconds, MOST_SECONDS));
            }
            scenario = scenario.steadyFor(seconds);
        }
        if (order.profile().isPresent()) {
            scenario = scenario.judgedBy(order.profile().get());
        }
        try {
            scenario.schedule(order.seed());
        } catch (IllegalArgumentException tooMany) {
            return refused(String.valueOf(tooMany.getMessage()));
        }
        return new Outcome.Sound(new RunRequest(
                runId,
                scenario,
                order.seed(),
                order.environment().orElse(environment),
                streams,
                order.replication(),
                Optional.of(at)));
    }

    private static Outcome refused(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return new Outcome.Refused(line.substring(0, Math.min(LONGEST_REASON, line.length())));
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(scenarios)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
