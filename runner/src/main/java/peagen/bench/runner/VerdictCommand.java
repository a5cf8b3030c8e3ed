package peagen.bench.runner;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Secret;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.report.domain.SummaryReport;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.runner.domain.VerdictText;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.edge.FarmException;
import peagen.bench.runner.edge.ReportFiles;
import peagen.bench.runner.verdict.domain.Answer;
import peagen.bench.runner.verdict.edge.ApiToken;
import peagen.bench.runner.verdict.edge.HttpVerdicts;
import peagen.bench.runner.verdict.edge.StreamedVerdicts;
import peagen.bench.runner.verdict.edge.VerdictSource;
import peagen.bench.runner.verdict.edge.VerdictWait;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.log.LogFormat;
import peagen.bench.service.log.LogLevel;
import peagen.bench.service.log.Logging;
import peagen.bench.service.syntax.DurationText;
import peagen.bench.service.terminal.Terminal;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench verdict}: waits for the verdict of a run that somebody else makes. */
@Command(
        name = "verdict",
        description = "Waits for the verdict of a run, prints it, and exits as 'bench run' does: for continuous"
                + " integration that takes no webhook. A run that is not declared yet is waited for as well.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:pass",
            " 1:fail",
            " 2:bad input: an argument has to be changed, the token is refused, or --no-wait and an unknown run",
            " 3:infrastructure: nobody answered as they should until the time was over",
            " 4:inconclusive or invalid, or no verdict in time"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench verdict nightly-17 --wait 30m --url https://bench.example.org --token-file token",
            "  bench verdict nightly-17 --url http://127.0.0.1:9465 --junit report.xml --summary report.md",
            "  bench verdict nightly-17 --redis redis://127.0.0.1:6379 --format json"
        })
final class VerdictCommand implements Callable<Integer> {

    private static final Duration LONGEST_WAIT = Duration.ofDays(7);
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RUN", description = "the run's id")
    private String run = "";

    @ArgGroup(multiplicity = "1")
    private Where where = new Where();

    /** Who is asked. */
    private static final class Where {
        @Option(names = "--url", paramLabel = "URL", description = "the gatekeeper's API, http://… or https://…")
        private @Nullable String url;

        @Option(
                names = "--redis",
                paramLabel = "URL",
                description = "the Redis that holds the stream bench.verdicts, where there is no API")
        private @Nullable String redis;
    }

    @Option(names = "--token-file", paramLabel = "FILE", description = "the API's token; default: PEAGEN_BENCH_TOKEN")
    private @Nullable Path tokenFile;

    @Option(names = "--wait", paramLabel = "D", description = "how long to wait for the verdict; default 10m")
    private String wait = "10m";

    @Option(names = "--no-wait", description = "asks once")
    private boolean noWait;

    @Option(names = "--format", paramLabel = "FORM", description = "table (default), or json as verdict.json")
    private Format format = Format.TABLE;

    /** How the verdict is printed. */
    private enum Format {
        TABLE,
        JSON
    }

    @Mixin
    private ReportOptions reports = new ReportOptions();

    private final HostProcess host = HostProcess.current();

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(LogLevel.ERROR, LogFormat.TEXT, host.environment(), host.err());
        Duration limit = limit();
        ReportFiles files = reports.files(host.environment());
        files.check();
        Answer answer = where.url != null ? overHttp(base(where.url), limit) : overRedis(limit);
        return switch (answer) {
            case Answer.Said(Verdict verdict) -> {
                print(verdict);
                files.write(verdict, links());
                yield verdict.state().exitCode();
            }
            case Answer.Refused(String reason) -> throw new BadInput(asked() + " " + reason);
            case Answer.Failed failed -> throw new FarmException(failed.reason());
            case Answer.NotYet notYet -> late("no verdict of run " + run + within());
            case Answer.Unknown unknown -> {
                if (noWait) {
                    throw new BadInput(asked() + " has heard of no run " + run);
                }
                yield late("nobody has heard of run " + run + within());
            }
        };
    }

    private String asked() {
        return "--url: the gatekeeper at " + (where.url == null ? "" : where.url);
    }

    private String within() {
        return noWait ? " yet" : " within " + wait;
    }

    private int late(String said) {
        spec.commandLine().getErr().println("bench: " + said);
        return ExitCode.INCONCLUSIVE.code();
    }

    private Duration limit() {
        return noWait
                ? Duration.ZERO
                : DurationText.parse(wait)
                        .filter(length -> length.compareTo(LONGEST_WAIT) <= 0)
                        .orElseThrow(() -> new BadInput(
                                "--wait: got '" + wait + "', expected " + DurationText.EXPECTED + ", at most 7d"));
    }

    private static URI base(String url) {
        try {
            URI base = URI.create(Destination.of(url).reveal());
            if (base.getRawQuery() != null) {
                throw new BadInput("--url: has a query, expected http://host:port");
            }
            return base;
        } catch (IllegalArgumentException nowhere) {
            throw new BadInput("--" + nowhere.getMessage());
        }
    }

    private Answer overHttp(URI base, Duration limit) throws InterruptedException {
        Optional<Secret> token = ApiToken.read(Optional.ofNullable(tokenFile), host.environment());
        return waiting(new HttpVerdicts(base, run, token, GRACE)).within(limit);
    }

    private Answer overRedis(Duration limit) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            String address = where.redis == null ? "" : where.redis;
            BrokerSource source = Blocking.await(Brokers.open(
                    vertx,
                    BrokerAddress.server(address)
                            .orElseThrow(() -> new BadInput("--redis: expected " + BrokerAddress.EXPECTED_SERVER))));
            try {
                return waiting(new StreamedVerdicts(Blocking.await(source.connect()), run))
                        .within(limit);
            } finally {
                Blocking.await(source.close().otherwiseEmpty());
            }
        } finally {
            Blocking.await(vertx.close().otherwiseEmpty());
        }
    }

    private VerdictWait waiting(VerdictSource source) {
        PrintWriter err = spec.commandLine().getErr();
        return new VerdictWait(source, System::nanoTime, Blocking::pause, new SecureRandom(), line -> {
            err.println(run + ": " + line);
            err.flush();
        });
    }

    private List<SummaryReport.Link> links() {
        return where.url == null
                ? List.of()
                : List.of(new SummaryReport.Link("The run", HttpVerdicts.runUri(base(where.url), run)));
    }

    private void print(Verdict verdict) {
        PrintWriter out = spec.commandLine().getOut();
        boolean colours = Terminal.watchesStandardOutput() && Terminal.allowsColours(host.environment());
        switch (format) {
            case TABLE -> out.println(new VerdictText(colours).of(verdict));
            case JSON -> out.print(VerdictJson.pretty(verdict));
        }
        out.flush();
    }
}
