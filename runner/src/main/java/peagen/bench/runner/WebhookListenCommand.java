package peagen.bench.runner;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Verification;
import peagen.bench.gatekeeper.webhook.domain.Verifier;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.edge.StopSignals;
import peagen.bench.runner.webhook.domain.ArrivalText;
import peagen.bench.runner.webhook.domain.VerificationText;
import peagen.bench.runner.webhook.edge.SecretFile;
import peagen.bench.runner.webhook.edge.WebhookListener;
import peagen.bench.runner.webhook.edge.WebhookListener.Arrival;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.syntax.HostPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench webhook listen}: a receiver that shows what it gets. */
@Command(
        name = "listen",
        description = {
            "Listens in place of a receiver: prints every webhook that arrives, whether it is genuine, and if not,"
                    + " why. Ends with Ctrl-C.",
            "",
            "Give the secret in a file. With --secret everybody on this machine can read it in the list of processes,"
                    + " and it stays in the history of the shell."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:ended with Ctrl-C; with --once: the webhook was genuine, or there was no secret to check it with",
            " 1:with --once: the webhook was not genuine",
            " 2:bad input: an argument or a file has to be changed",
            " 3:infrastructure: the port is taken"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench webhook listen --secret-file secret",
            "  bench webhook listen --secret-file secret --respond 503   how retries look",
            "  bench webhook listen --host 0.0.0.0 --once    one, from anywhere, unchecked"
        })
final class WebhookListenCommand implements Callable<Integer> {

    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 599;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "N", description = "where to listen; 0 takes any free one; default 8787")
    private int port = 8787;

    @Option(names = "--host", paramLabel = "HOST", description = "at which address of this machine; default 127.0.0.1")
    private String host = "127.0.0.1";

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "the secret, or two during a rotation, a line each; without it nothing is checked")
    private @Nullable Path secretFile;

    @Option(
            names = "--secret",
            paramLabel = "whsec_…",
            description = "the secret itself; others can read it, better use --secret-file")
    private @Nullable String secret;

    @Option(names = "--once", description = "ends after the first webhook")
    private boolean once;

    @Option(names = "--respond", paramLabel = "CODE", description = "what to answer, 200 to 599; default 204")
    private int respond = 204;

    @Override
    public Integer call() throws InterruptedException {
        List<SigningSecret> secrets = secrets();
        if (port < 0 || port > 65_535) {
            throw new BadInput("--port: got '" + port + "', expected 0 to 65535");
        }
        if (respond < LEAST_STATUS || respond > MOST_STATUS) {
            throw new BadInput("--respond: got '" + respond + "', expected 200 to 599");
        }
        Promise<ExitCode> end = Promise.promise();
        StopSignals signals = StopSignals.handle(() -> end.tryComplete(ExitCode.PASS), Bench::endAtOnce);
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = Blocking.await(WebhookListener.start(
                    vertx, new HostPort(host, port), respond, arrival -> show(arrival, secrets, end)));
            say("listening on http://" + new HostPort(host, server.actualPort()) + "/, answering " + respond
                    + (secrets.isEmpty() ? "; without a secret nothing is checked" : ""));
            ExitCode code = Blocking.await(end.future());
            // The answer is on its way: it goes out before the server does.
            Blocking.await(server.shutdown(1, TimeUnit.SECONDS));
            return code.code();
        } finally {
            Blocking.await(vertx.close().otherwiseEmpty());
            signals.close();
        }
    }

    private List<SigningSecret> secrets() {
        List<SigningSecret> secrets = new ArrayList<>();
        Optional.ofNullable(secretFile).map(SecretFile::read).ifPresent(secrets::addAll);
        Optional.ofNullable(secret).map(Secret::new).map(SecretFile::given).ifPresent(secrets::add);
        if (secret != null) {
            spec.commandLine()
                    .getErr()
                    .println("bench: --secret can be read by everybody on this machine; --secret-file cannot");
        }
        return secrets;
    }

    private void show(Arrival arrival, List<SigningSecret> secrets, Promise<ExitCode> end) {
        Optional<Verification> verification = secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verifier(secrets, Clock.systemUTC())
                        .verify(arrival.headers(), arrival.body().getBytes()));
        say(ArrivalText.of(arrival.line(), arrival.headers(), arrival.text()));
        say(verification.map(VerificationText::of).orElse("not checked: there is no secret"));
        if (once) {
            boolean genuine =
                    verification.map(Verification.Valid.class::isInstance).orElse(true);
            end.tryComplete(genuine ? ExitCode.PASS : ExitCode.FAIL);
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
