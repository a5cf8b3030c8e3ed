package peagen.bench.runner;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import peagen.bench.collector.export.ExportTarget;
import peagen.bench.collector.export.Exporter;
import peagen.bench.collector.export.PrometheusSnapshot;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.ExportDisplay;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.HostProcess;
import peagen.bench.service.log.LogFormat;
import peagen.bench.service.log.LogLevel;
import peagen.bench.service.log.Logging;
import peagen.bench.service.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench export}: run folders, or what a Prometheus has stored, to an object store. */
@Command(
        name = "export",
        description = {
            "Uploads every file of a run's folder to PREFIX/<run id>/… of an S3 bucket, and verifies each by its"
                    + " SHA-256. What is there already is left alone; an upload that was broken off goes on where it"
                    + " stopped.",
            "",
            "Credentials are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, from a profile (AWS_PROFILE), or"
                    + " from the machine's role."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:pass: everything is in the bucket",
            " 2:bad input: an argument has to be changed, or a file cannot be read",
            " 3:infrastructure: bucket, credentials, network or Prometheus stand in the way"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench export runs/20250601-140523-smoke-3f2a91 --to s3://peagen-bench/raw",
            "  bench export runs/* --to s3://bench/raw --endpoint http://127.0.0.1:9000 --path-style",
            "  bench export --prometheus http://localhost:9090 --prometheus-data /var/lib/prometheus"
                    + " --to s3://peagen-bench/prometheus"
        })
final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "RUN_FOLDER", description = "folders to upload, such as runs/<run id>")
    private List<Path> folders = List.of();

    @Option(names = "--to", required = true, paramLabel = "s3://BUCKET/PREFIX", description = "where they go")
    private String to = "";

    @Option(names = "--endpoint", paramLabel = "URL", description = "an S3 of one's own; default: that of AWS")
    private @Nullable String endpoint;

    @Option(names = "--region", paramLabel = "NAME", description = "default: AWS_REGION, or the profile's")
    private @Nullable String region;

    @Option(names = "--path-style", description = "the bucket stands in the path; most stores of one's own want it")
    private boolean pathStyle;

    @Option(names = "--dry-run", description = "only says what would be uploaded")
    private boolean dryRun;

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description =
                    "has this Prometheus make a snapshot and uploads that, too; needs --web.enable-admin-api there")
    private @Nullable String prometheus;

    @Option(
            names = "--prometheus-data",
            paramLabel = "DIR",
            description = "where that Prometheus keeps its data (its --storage.tsdb.path), as seen from here")
    private @Nullable Path prometheusData;

    private final HostProcess host = HostProcess.current();

    @Override
    public Integer call() throws InterruptedException {
        Logging.configure(LogLevel.ERROR, LogFormat.TEXT, host.environment(), host.err());
        ExportTarget target = ExportTarget.parse(to)
                .orElseThrow(() -> new BadInput("--to: got '" + to + "', expected " + ExportTarget.EXPECTED));
        ExportTarget.Access access = new ExportTarget.Access(
                Optional.ofNullable(endpoint).map(text -> url("--endpoint", text)),
                Optional.ofNullable(region),
                pathStyle);
        Optional<URI> server = Optional.ofNullable(prometheus).map(text -> url("--prometheus", text));
        checkFolders(server.isPresent());
        ExportDisplay display = new ExportDisplay(
                spec.commandLine().getOut(), spec.commandLine().getErr(), Terminal.watchesStandardError());
        try (Exporter exporter = new Exporter(target, access, display)) {
            exporter.check();
            List<Path> all = new ArrayList<>(folders);
            if (server.isPresent() && prometheusData != null) {
                snapshot(server.get(), prometheusData, display).ifPresent(all::add);
            }
            all.forEach(folder -> exporter.export(folder, dryRun));
        } finally {
            display.close();
        }
        return ExitCode.PASS.code();
    }

    /** A snapshot is something that is written: a rehearsal makes none. */
    private Optional<Path> snapshot(URI server, Path data, ExportDisplay display) throws InterruptedException {
        if (dryRun) {
            display.say("would ask " + server + " for a snapshot");
            return Optional.empty();
        }
        return Optional.of(PrometheusSnapshot.take(server, data));
    }

    private void checkFolders(boolean withPrometheus) {
        if (folders.isEmpty() && !withPrometheus) {
            throw new BadInput("nothing to export: name run folders, or --prometheus");
        }
        if (withPrometheus != (prometheusData != null)) {
            throw new BadInput("--prometheus and --prometheus-data go together");
        }
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new BadInput(
                        "RUN_FOLDER: " + folder + (Files.exists(folder) ? " is no folder" : " does not exist"));
            }
        }
    }

    private static URI url(String option, String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null
                    && List.of("http", "https").contains(url.getScheme())
                    && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException noUrl) {
            // said below
        }
        throw new BadInput(option + ": expected http://host:port or https://host:port, without user and password");
    }
}
