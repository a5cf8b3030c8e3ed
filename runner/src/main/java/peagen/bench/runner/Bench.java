package peagen.bench.runner;

import java.util.Optional;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.UserFacing;
import peagen.bench.streams.BrokerException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code bench} command. */
@Command(
        name = "bench",
        description = "Measures a Redis Streams worker farm against its performance targets, and says green or red.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Bench.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        subcommands = {
            RunCommand.class,
            VerdictCommand.class,
            ConformanceCommand.class,
            ListCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            DoctorCommand.class,
            TokenCommand.class,
            WebhookCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:pass: everything was done, every verdict is green",
            " 1:fail: a target was missed or has regressed",
            " 2:bad input: an argument or a file has to be changed",
            " 3:infrastructure: Redis, the network or a disk stands in the way",
            " 4:inconclusive: what was measured allows no verdict, or was invalid"
        },
        footerHeading = "%nStart here:%n",
        footer = {
            "  bench doctor                                     what is here, what is missing",
            "  bench run smoke                                  the whole chain in ten seconds, no Redis",
            "  bench run bench_queue_rate --redis embedded      PT-3 on a Redis of its own",
            "  bench verdict RUN --url http://…                 waits for a run that somebody else makes",
            "  bench conformance -- CMD…                        whether a worker does what the contract asks of it",
            "  source <(bench generate-completion)              completion for bash and zsh"
        })
public final class Bench implements Runnable {

    /** What shells report for a process that ended with Ctrl-C: 128 and the number of SIGINT. */
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--stack-traces",
            scope = ScopeType.INHERIT,
            description = "show where an unexpected failure came from")
    private boolean stackTraces;

    /** The program's way in. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Leaves nothing behind but what the operating system clears: services and an embedded Redis are killed. */
    static void endAtOnce() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    /** The command line, ready to execute arguments, once. */
    static CommandLine commandLine() {
        Bench bench = new Bench();
        CommandLine line = new CommandLine(bench);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            message(failure).lines().forEach(said -> command.getErr().println("bench: " + said));
            if (bench.stackTraces) {
                failure.printStackTrace(command.getErr());
            }
            return exitCode(failure).code();
        });
        line.setParameterExceptionHandler((wrong, rejected) -> {
            CommandLine command = wrong.getCommandLine();
            command.getErr().println("bench: " + wrong.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
            command.getErr()
                    .println("Try '%s --help'."
                            .formatted(command.getCommandSpec().qualifiedName()));
            return ExitCode.BAD_INPUT.code();
        });
        return line;
    }

    private static String message(Throwable failure) {
        boolean meant = failure instanceof UserFacing || failure instanceof BrokerException;
        String said = Optional.ofNullable(failure.getMessage()).orElse("");
        return meant && !said.isEmpty()
                ? said
                : "unexpected " + failure.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said)
                        + "; --stack-traces shows where";
    }

    private static ExitCode exitCode(Throwable failure) {
        if (failure instanceof UserFacing known) {
            return known.exitCode();
        }
        return failure instanceof BrokerException broker && broker.reason() == BrokerException.Reason.BAD_ADDRESS
                ? ExitCode.BAD_INPUT
                : ExitCode.INFRASTRUCTURE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The version in the jar's manifest; a build that was never released says so. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"bench " + current()};
        }

        static String current() {
            return Optional.ofNullable(Bench.class.getPackage().getImplementationVersion())
                    .orElse("development");
        }
    }
}
