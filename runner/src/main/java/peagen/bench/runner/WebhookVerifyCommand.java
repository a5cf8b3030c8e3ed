package peagen.bench.runner;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Verification;
import peagen.bench.gatekeeper.webhook.domain.Verifier;
import peagen.bench.runner.webhook.domain.VerificationText;
import peagen.bench.runner.webhook.edge.CapturedWebhook;
import peagen.bench.runner.webhook.edge.SecretFile;
import peagen.bench.service.launch.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench webhook verify}: whether a webhook that was written down is genuine. */
@Command(
        name = "verify",
        description = {
            "Says whether a webhook is genuine, and if not, why. Write down its headers, a line each, and its body,"
                    + " byte for byte: a JSON that was read and written again is another body.",
            "",
            "A webhook is believed for five minutes, so that nobody can keep it and send it again later."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:valid: signed with one of the secrets, and fresh",
            " 1:invalid: the line says why",
            " 2:bad input: an argument or a file has to be changed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bench webhook verify --secret-file secret --header-file headers.txt body.json",
            "  bench webhook verify --secret-file secret --header-file headers.txt --any-age < yesterday.json"
        })
final class WebhookVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "BODY_FILE", description = "the body; standard input when it is not given")
    private @Nullable Path body;

    @Option(
            names = "--secret-file",
            required = true,
            paramLabel = "FILE",
            description = "the secret, or two during a rotation, a line each")
    private Path secretFile = Path.of("");

    @Option(
            names = "--header-file",
            required = true,
            paramLabel = "FILE",
            description = "the headers, such as 'webhook-id: msg_…', a line each")
    private Path headerFile = Path.of("");

    @Option(names = "--any-age", description = "looks at the signature alone, for a webhook of yesterday")
    private boolean anyAge;

    @Override
    public Integer call() {
        List<SigningSecret> secrets = SecretFile.read(secretFile);
        Map<String, String> headers = CapturedWebhook.headers(headerFile);
        byte[] payload = CapturedWebhook.body(Optional.ofNullable(body), System.in);
        Verifier verifier =
                new Verifier(secrets, Clock.systemUTC(), anyAge ? Optional.empty() : Optional.of(Verifier.TOLERANCE));
        Verification verification = verifier.verify(headers, payload);
        spec.commandLine().getOut().println(VerificationText.of(verification));
        return (verification instanceof Verification.Valid ? ExitCode.PASS : ExitCode.FAIL).code();
    }
}
