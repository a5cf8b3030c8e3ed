package peagen.bench.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import peagen.bench.gatekeeper.edge.GateFileException;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.loadgenerator.edge.ScenarioFile;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.toml.Problem;
import peagen.bench.service.toml.TomlFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench check}: whether scenario and gate files are sound, all problems at once. */
@Command(name = "check", description = "Checks scenario and gate files; says every problem with its line and column.")
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "scenario or gate files (TOML)")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int problems = 0;
        for (Path file : files) {
            List<String> found = problems(file);
            if (found.isEmpty()) {
                out.println(file + ": sound");
            }
            found.forEach(err::println);
            problems += found.size();
        }
        return (problems == 0 ? ExitCode.PASS : ExitCode.BAD_INPUT).code();
    }

    private static List<String> problems(Path file) {
        if (TomlFile.load(file).root().has("target")) {
            try {
                GateFiles.shipped().load(file.toString());
                return List.of();
            } catch (GateFileException unsound) {
                return unsound.problems();
            }
        }
        return switch (ScenarioFile.load(file)) {
            case ScenarioFile.Outcome.Sound sound -> List.of();
            case ScenarioFile.Outcome.Broken(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
