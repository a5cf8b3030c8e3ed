package peagen.bench.runner;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import peagen.bench.runner.edge.Doctor;
import peagen.bench.runner.edge.Doctor.Finding;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.streams.BrokerAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench doctor}: what this machine has. */
@Command(name = "doctor", description = "Says what is here, what is missing, what that means, and how to get it.")
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--redis", paramLabel = "URL", description = "also looks at this Redis server")
    private @Nullable String redis;

    @Override
    public Integer call() throws InterruptedException {
        Optional<BrokerAddress> server = Optional.ofNullable(redis).map(url -> BrokerAddress.parse("--redis", url));
        boolean missing = false;
        for (Finding finding : new Doctor(BenchHome.current().root(), System.getenv()).examine(server)) {
            spec.commandLine().getOut().println(finding);
            missing |= finding.state() == Doctor.State.MISSING;
        }
        return (missing ? ExitCode.INFRASTRUCTURE : ExitCode.PASS).code();
    }
}
