package peagen.bench.runner;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.NoticeWriter;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Try.Answered;
import peagen.bench.gatekeeper.webhook.domain.Try.Fault;
import peagen.bench.gatekeeper.webhook.domain.Try.Unanswered;
import peagen.bench.gatekeeper.webhook.edge.HostResolver;
import peagen.bench.gatekeeper.webhook.edge.SenderOptions;
import peagen.bench.gatekeeper.webhook.edge.WebhookSender;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.runner.webhook.domain.SampleVerdict;
import peagen.bench.runner.webhook.domain.TryText;
import peagen.bench.runner.webhook.edge.SecretFile;
import peagen.bench.service.launch.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench webhook send-test}: sends a sample to a receiver. */
@Command(
        name = "send-test",
        description = {
            "Sends the webhook of a sample verdict, a red one, once, exactly as the gatekeeper does, and shows what"
                    + " came back. The run's id begins with 'sample-'.",
            "",
            "Addresses of this machine and of private networks are refused, as for any webhook, unless --allow-private"
                    + " is given; link-local addresses are refused always."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:delivered: the receiver answered 2xx",
            " 1:the receiver answered, and not with 2xx",
            " 2:bad input: an argument or a file has to be changed, or the address is not allowed",
            " 3:infrastructure: no answer: name, network, TLS or time stood in the way"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench webhook send-test https://ci.example.org/hooks/bench --secret-file secret",
            "  bench webhook send-test http://127.0.0.1:8787/ --secret-file secret --allow-private",
            "  bench webhook send-test https://ci.example.org/hooks/bench --secret-file secret --hub-signature"
        })
final class WebhookSendTestCommand implements Callable<Integer> {

    private static final URI SOURCE = URI.create("urn:peagen-bench:webhook-test");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1", paramLabel = "URL", description = "the receiver, https://…")
    private String url = "";

    @Option(
            names = "--secret-file",
            required = true,
            paramLabel = "FILE",
            description = "the secret, or two during a rotation, a line each")
    private Path secretFile = Path.of("");

    @Option(names = "--allow-private", description = "also to this machine and private networks, and by http")
    private boolean allowPrivate;

    @Option(names = "--hub-signature", description = "sends X-Hub-Signature-256 too, as GitHub's webhooks have it")
    private boolean hubSignature;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        Subscription to = new Subscription(
                "send-test",
                destination(),
                SecretFile.read(secretFile),
                Events.ALL,
                allowPrivate ? Permissions.PRIVATE_NETWORKS : Permissions.NONE,
                hubSignature,
                clock.instant(),
                Optional.empty());
        Notice notice =
                new NoticeWriter(SOURCE, Optional.empty()).write(SampleVerdict.at(clock.instant()), clock.instant());
        spec.commandLine().getOut().println("sending " + notice.id() + " to " + to.destination());
        Try made = sent(clock, to, notice);
        spec.commandLine().getOut().println(TryText.of(made));
        return exitCode(made.result());
    }

    private Destination destination() {
        try {
            return Destination.of(url);
        } catch (IllegalArgumentException nowhere) {
            throw new BadInput(String.valueOf(nowhere.getMessage()));
        }
    }

    private static Try sent(Clock clock, Subscription to, Notice notice) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try {
            HostResolver resolver = HostResolver.system(vertx);
            return Blocking.await(new WebhookSender(vertx, resolver, clock, SenderOptions.STANDARD).send(to, notice));
        } finally {
            Blocking.await(vertx.close().otherwiseEmpty());
        }
    }

    private int exitCode(Try.Result result) {
        return switch (result) {
            case Answered answered -> (answered.delivered() ? ExitCode.PASS : ExitCode.FAIL).code();
            case Unanswered unanswered
            when unanswered.fault() == Fault.REFUSED -> {
                List<String> hints = allowPrivate ? List.of() : List.of("; --allow-private allows private networks");
                throw new BadInput("url: " + unanswered.detail() + String.join("", hints));
            }
            case Unanswered unanswered -> ExitCode.INFRASTRUCTURE.code();
        };
    }
}
