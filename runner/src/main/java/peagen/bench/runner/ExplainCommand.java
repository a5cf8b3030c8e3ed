package peagen.bench.runner;

import java.util.concurrent.Callable;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.service.launch.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench explain}: a gate file in words. */
@Command(name = "explain", description = "Says in words what a gate file asks for.")
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "GATE",
            completionCandidates = Words.Gates.class,
            description = "v0.9, v1.0, smoke, saturation, or the path of a gate file")
    private String gate = "";

    @Override
    public Integer call() {
        GateFiles.describe(GateFiles.shipped().load(gate))
                .forEach(spec.commandLine().getOut()::println);
        return ExitCode.PASS.code();
    }
}
