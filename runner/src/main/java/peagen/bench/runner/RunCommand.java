package peagen.bench.runner;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.runner.domain.ReplicatesText;
import peagen.bench.runner.domain.RunSpec;
import peagen.bench.runner.domain.VerdictText;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.edge.Reference;
import peagen.bench.runner.edge.ReportFiles;
import peagen.bench.runner.edge.RunMemory;
import peagen.bench.runner.edge.RunOutput;
import peagen.bench.runner.edge.RunSession;
import peagen.bench.runner.edge.StopSignals;
import peagen.bench.runner.edge.ThisMachine;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.log.LogFormat;
import peagen.bench.service.log.LogLevel;
import peagen.bench.service.log.Logging;
import peagen.bench.service.terminal.Terminal;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench run}: from a scenario to a verdict. */
@Command(
        name = "run",
        description = "Runs one scenario and judges it. The verdict is printed, and written to OUT/<run>/verdict.json,"
                + " junit.xml and summary.md."
                + " Ctrl-C ends the run early: what was measured is kept, and the verdict is INVALID.",
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private static final String STOPPED = "stopped by its user";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private RunStoreOption store = new RunStoreOption();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "how much is logged; default warn")
    private LogLevel logLevel = LogLevel.WARN;

    private final BenchHome home = BenchHome.current();
    private final HostProcess host = HostProcess.current();

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(logLevel, LogFormat.TEXT, host.environment(), host.err());
        GateFiles gates = options.gates();
        List<RunSpec> runs = options.specs(home);
        gates.load(runs.get(0).request().scenario().profile());
        ReportFiles files = reports.files(host.environment());
        files.check();
        Promise<String> stop = Promise.promise();
        StopSignals signals = StopSignals.handle(() -> stop.tryComplete(STOPPED), Bench::endAtOnce);
        try {
            return measured(runs, gates, stop, files).exitCode();
        } finally {
            signals.close();
        }
    }

    /** Makes the runs one after the other until one is stopped; answers the worst state. */
    private VerdictState measured(List<RunSpec> runs, GateFiles gates, Promise<String> stop, ReportFiles files)
            throws InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        try (RunMemory memory = store.memory()) {
            for (RunSpec run : runs) {
                if (!stop.future().isComplete()) {
                    verdicts.add(measured(run, gates, stop, memory));
                }
            }
        } finally {
            if (runs.size() > 1) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(ReplicatesText.table(verdicts, runs.size()));
                out.flush();
            }
        }
        VerdictState worst = ReplicatesText.worst(verdicts);
        verdicts.stream()
                .filter(verdict -> verdict.state() == worst)
                .reduce((earlier, later) -> later)
                .ifPresent(verdict -> files.write(verdict, List.of()));
        return worst;
    }

    private Verdict measured(RunSpec run, GateFiles gates, Promise<String> stop, RunMemory memory)
            throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            BrokerSource source = Blocking.await(Brokers.open(vertx, run.redis()));
            try {
                boolean closed = run.request().scenario().shape().isEmpty();
                Optional<Reference> reference = closed ? Optional.of(Reference.measure(source)) : Optional.empty();
                RunOutput output = new RunOutput(
                        spec.commandLine().getErr(),
                        host.err(),
                        Terminal.watchesStandardError(),
                        verdict -> print(run, verdict, reference));
                return new RunSession(vertx, source, run, gates, home.bin(), Bench.Version.current(), output, memory)
                        .run(stop.future());
            } finally {
                Blocking.await(source.close().otherwiseEmpty());
            }
        } finally {
            Blocking.await(vertx.close().otherwiseEmpty());
        }
    }

    private void print(RunSpec run, Verdict verdict, Optional<Reference> reference) {
        Replication which = run.request().replication();
        if (which.number() < which.of()) {
            spec.commandLine().getOut().println(ReplicatesText.line(which, verdict));
            spec.commandLine().getOut().flush();
            return;
        }
        boolean colours = Terminal.watchesStandardOutput() && Terminal.allowsColours(host.environment());
        PrintWriter out = spec.commandLine().getOut();
        out.println(new VerdictText(colours).of(verdict, ThisMachine.heapPeak()));
        reference.ifPresent(measured -> out.println(measured.beside(verdict.throughput())));
        out.println(BenchHome.shown(run.folder()).resolve("verdict.json"));
        out.flush();
    }
}
