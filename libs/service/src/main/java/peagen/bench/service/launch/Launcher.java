package peagen.bench.service.launch;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import peagen.bench.service.log.LogLevel;
import peagen.bench.service.log.Logging;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsReader;
import peagen.bench.service.settings.SettingsResult;
import peagen.bench.service.settings.SettingsSpec;

/**
 * Takes a service from {@code main} to its exit code.
 *
 * <ol>
 *   <li>Reads the settings; answers {@code --help} and its like on standard output and ends with 0, or prints every problem on
 *       standard error and ends with 2.
 *   <li>Sets up logging, starts the service and says so in one line. A failure to start is one line and exit code 3, or the one
 *       that a {@link UserFacing} exception asks for; the stack trace shows with {@code --log-level debug} only.
 *   <li>Waits until the service is done or the process is asked to end, then stops it and closes Vert.x, for 30 seconds at most.
 *       A process that was asked to end waits for this, and ends with 128 plus the number of the signal; a second Ctrl-C ends it
 *       at once.
 * </ol>
 */
public final class Launcher {

    /** How long stopping may take. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    private final HostProcess host;
    private final Duration patience;

    /** Launches in {@code host}; one launch at a time. */
    public Launcher(HostProcess host) {
        this(host, PATIENCE);
    }

    Launcher(HostProcess host, Duration patience) {
        this.host = host;
        this.patience = patience;
    }

    /** The whole of a service's {@code main}: launches in the process of this JVM and ends it. Does not return. */
    public static void run(ServiceProgram program, String[] args) {
        run(HostProcess.current(), program, args);
    }

    /** A JVM that dies of an exception ends with 1, which would say that a target was missed: a bug must not. */
    static void run(HostProcess host, ServiceProgram program, String... args) {
        int status = ExitCode.INFRASTRUCTURE.code();
        try {
            status = new Launcher(host).launch(program, args).code();
        } catch (RuntimeException | LinkageError bug) {
            bug.printStackTrace(host.err());
        }
        host.exit(status);
    }

    /**
     * Launches and blocks until everything has stopped.
     *
     * @return what the process should end with
     */
    public ExitCode launch(ServiceProgram program, String... args) {
        SettingsSpec spec = complete(program);
        return switch (SettingsReader.read(spec, List.of(args), host.environment())) {
            case SettingsResult.Answered(String text) -> {
                host.out().println(text);
                yield ExitCode.PASS;
            }
            case SettingsResult.Rejected(List<String> problems) -> {
                problems.forEach(host.err()::println);
                host.err().println("Try '" + spec.program() + " --help'.");
                yield ExitCode.BAD_INPUT;
            }
            case SettingsResult.Read(Settings settings) -> live(program, spec.program(), settings);
        };
    }

    private ExitCode live(ServiceProgram program, String name, Settings settings) {
        Logging.configure(settings, host.environment(), host.err());
        LoggingEventBuilder event = LOG.atDebug();
        for (Map.Entry<String, String> shown : settings.shown().entrySet()) {
            event = event.addKeyValue(shown.getKey(), shown.getValue());
        }
        event.log("settings");
        Notices notices =
                new Notices(name, host.err(), settings.get(Logging.LEVEL).compareTo(LogLevel.DEBUG) <= 0);
        Vertx vertx = program.vertx(settings);
        Life life = new Life(vertx, notices, patience);
        host.onTermination(life::end);
        return life.live(() -> program.start(vertx, settings));
    }

    private static SettingsSpec complete(ServiceProgram program) {
        SettingsSpec spec = program.spec();
        String released = Optional.ofNullable(program.getClass().getPackage().getImplementationVersion())
                .filter(version -> spec.version().equals(SettingsSpec.UNRELEASED))
                .orElse(spec.version());
        return spec.version(released).with(Logging.LEVEL, Logging.FORMAT).section("Exit codes", ExitCode.explained());
    }
}
