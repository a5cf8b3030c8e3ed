package peagen.bench.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import peagen.bench.gatekeeper.edge.GateFileException;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.loadgenerator.edge.ScenarioFile;
import peagen.bench.measurement.judging.Gate;
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
        Set<String> targets = targets();
        for (Path file : files) {
            List<String> found = problems(file, targets);
            if (found.isEmpty()) {
                out.println(file + ": sound");
                words(file).forEach(line -> out.println("  " + line));
            }
            found.forEach(err::println);
            problems += found.size();
        }
        return (problems == 0 ? ExitCode.PASS : ExitCode.BAD_INPUT).code();
    }

    /** What a sound gate file asks for. */
    private static List<String> words(Path file) {
        return isGate(file) ? GateFiles.describe(GateFiles.shipped().load(file.toString())) : List.of();
    }

    /** The ids of the targets of every gate that comes with the suite, and of the gate files that are checked. */
    private Set<String> targets() {
        GateFiles gates = GateFiles.shipped();
        Set<String> ids = new LinkedHashSet<>();
        gates.names().forEach(name -> add(ids, gates.named(name)));
        for (Path file : files) {
            if (isGate(file)) {
                try {
                    add(ids, gates.load(file.toString()));
                } catch (GateFileException unsound) {
                    // said when its turn comes
                }
            }
        }
        return ids;
    }

    private static void add(Set<String> ids, Gate gate) {
        gate.targets().forEach(target -> ids.add(target.id()));
    }

    private static boolean isGate(Path file) {
        return TomlFile.load(file).root().has("target");
    }

    private static List<String> problems(Path file, Set<String> targets) {
        if (isGate(file)) {
            try {
                GateFiles.shipped().load(file.toString());
                return List.of();
            } catch (GateFileException unsound) {
                return unsound.problems();
            }
        }
        return ScenarioFile.examine(file, targets).stream()
                .map(Problem::toString)
                .toList();
    }
}
