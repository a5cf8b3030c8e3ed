package peagen.bench.runner;

import java.util.concurrent.Callable;
import peagen.bench.loadgenerator.domain.Scenario;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.terminal.TextTable;
import peagen.bench.service.terminal.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench list}: the scenarios. */
@Command(name = "list", description = "Lists the scenarios that 'bench run' knows.")
final class ListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        BenchHome home = BenchHome.current();
        TextTable table = TextTable.of(
                Column.left("scenario"),
                Column.left("gates"),
                Column.right("seconds"),
                Column.left("measures"),
                Column.left("what it does"));
        for (String name : home.scenarioNames()) {
            Scenario scenario = BenchHome.scenario(home.scenarioFile(name));
            table = table.row(
                    name,
                    scenario.profile(),
                    scenario.phases().totalNanos() / 1_000_000_000,
                    String.join(", ", scenario.measures()),
                    scenario.summary());
        }
        spec.commandLine().getOut().println(table);
        return ExitCode.PASS.code();
    }
}
