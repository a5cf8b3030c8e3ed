package peagen.bench.runner;

import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.Callable;
import peagen.bench.runner.conformance.domain.ConformanceRecord;
import peagen.bench.runner.conformance.domain.ConformanceReport;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.ConformanceText;
import peagen.bench.runner.conformance.domain.Finding;
import peagen.bench.runner.conformance.edge.ConformanceSession;
import peagen.bench.runner.conformance.edge.ProxiedRedis;
import peagen.bench.runner.conformance.edge.ReportFile;
import peagen.bench.runner.conformance.edge.WorkerLogs;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.edge.StopSignals;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench conformance}: whether a worker does what the farm's contract asks of it. */
@Command(
        name = "conformance",
        description = {
            "Starts a worker, in any language, gives it tasks of every kind, kills and stops it, and says point by point"
                    + " whether it claims, answers, acknowledges, deletes, retries, reclaims, dead-letters, renews and"
                    + " ends as the farm's contract says. Known defects are called by their names.",
            "",
            "The worker finds Redis in QUEUE_URL; WORKER_CAPS, WORKER_CONCURRENCY, PEAGEN__TASK_QUEUE__IDLE_MS and"
                    + " PEAGEN__TASK_QUEUE__MAX_RETRY are set as well. Its handler should know the payload key"
                    + " 'conformance' with 'sleep_ms', 'fail' and 'await'; points that need them are not seen otherwise."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:pass: every point is OK",
            " 1:fail: a point failed",
            " 2:bad input: an argument has to be changed, or there is no such worker",
            " 3:infrastructure: Redis stands in the way, or holds streams of a farm",
            " 4:inconclusive: no point failed, and not every one was seen"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench conformance -- /usr/bin/python3 benchmarks/workers/python/worker.py",
            "  bench conformance --idle 1s --json report.json -- node benchmarks/workers/node/worker.js",
            "  bench conformance --redis redis://localhost:6379/9 --without result-wait -- my-worker --verbose",
            "  bench conformance -- sh -c 'exec bin/worker --redis \"$QUEUE_URL\" --orphan-idle 2s --orphan-every 1s'"
        })
final class ConformanceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConformanceOptions options = new ConformanceOptions();

    @Override
    public Integer call() {
        BrokerAddress address = options.address();
        Optional<ReportFile> file = options.reportFile();
        Thread checking = Thread.currentThread();
        StopSignals signals = StopSignals.handle(checking::interrupt, Bench::endAtOnce);
        try (WorkerLogs logs = options.openLogs()) {
            ConformanceSpec check = options.spec(logs);
            ConformanceReport report = checked(address, check);
            spec.commandLine().getOut().println(ConformanceText.of(report));
            file.ifPresent(json ->
                    json.write(ConformanceRecord.of(report, check, address.toString(), Bench.Version.current())));
            return exitCode(report.state()).code();
        } catch (InterruptedException stopped) {
            spec.commandLine().getErr().println("bench: stopped by its user: there is no report");
            return ExitCode.INCONCLUSIVE.code();
        } finally {
            signals.close();
        }
    }

    private ConformanceReport checked(BrokerAddress address, ConformanceSpec check) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            BrokerSource source = Blocking.await(Brokers.open(vertx, address));
            try {
                return new ConformanceSession(vertx, source, ProxiedRedis::open, check, this::say).run();
            } finally {
                Blocking.await(source.close().otherwiseEmpty());
            }
        } finally {
            Blocking.await(vertx.close().otherwiseEmpty());
        }
    }

    private void say(String step) {
        spec.commandLine().getErr().println("conformance: " + step);
    }

    private static ExitCode exitCode(Finding.State state) {
        return switch (state) {
            case OK -> ExitCode.PASS;
            case FAIL -> ExitCode.FAIL;
            case NOT_SEEN -> ExitCode.INCONCLUSIVE;
        };
    }
}
