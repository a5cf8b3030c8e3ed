package peagen.bench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.loadgenerator.edge.ScenarioFile;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.service.syntax.Suggestion;
import peagen.bench.service.toml.Problem;

/**
 * The folder that the suite lives in.
 *
 * @param root holds {@code bin} and {@code benchmarks}
 */
record BenchHome(Path root) {

    private static final String TOML = ".toml";

    /** Where the launcher says, else the working directory. */
    static BenchHome current() {
        return new BenchHome(Path.of(System.getProperty("bench.home", "")).toAbsolutePath());
    }

    /** The folder of the launchers. */
    Path bin() {
        return root.resolve("bin");
    }

    /** The folder of the scenarios. */
    Path scenarios() {
        return root.resolve("benchmarks").resolve("scenarios");
    }

    /** The names of all scenarios, in order. */
    List<String> scenarioNames() {
        try (Stream<Path> files = Files.list(scenarios())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(TOML))
                    .map(name -> name.substring(0, name.length() - TOML.length()))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new BadInput("no scenarios in " + scenarios() + ": " + missing.getMessage());
        }
    }

    /** The file that {@code nameOrPath} means: a path, or a scenario by name. */
    Path scenarioFile(String nameOrPath) {
        if (nameOrPath.endsWith(TOML) || nameOrPath.contains("/")) {
            return Path.of(nameOrPath).toAbsolutePath();
        }
        List<String> known = scenarioNames();
        if (!known.contains(nameOrPath)) {
            throw new BadInput("scenario: got '%s', expected one of %s, or the path of a file%s"
                    .formatted(nameOrPath, String.join(", ", known), Suggestion.didYouMean(nameOrPath, known, "")));
        }
        return scenarios().resolve(nameOrPath + TOML);
    }

    /** The scenario in {@code file}; its path is shown relative to the working directory where that is shorter. */
    static Scenario scenario(Path file) {
        return switch (ScenarioFile.load(shown(file))) {
            case ScenarioFile.Outcome.Sound(Scenario scenario) -> scenario;
            case ScenarioFile.Outcome.Broken(List<Problem> problems) ->
                throw new BadInput(String.join(
                        System.lineSeparator(),
                        problems.stream().map(Problem::toString).toList()));
        };
    }

    /** {@code file} as a person in the working directory would name it. */
    static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.isAbsolute() && file.startsWith(here) ? here.relativize(file) : file;
    }
}
