package peagen.bench.runner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench webhook}: for whoever writes a receiver. */
@Command(
        name = "webhook",
        description = {
            "Helps whoever writes a receiver of webhooks: listens in its place, says whether a webhook is genuine,"
                    + " sends one for a test.",
            "",
            "Webhooks are signed as Standard Webhooks 1.0.0 has it. A secret is 'whsec_' and 24 to 64 random bytes in"
                    + " base64; this makes one:",
            "  (umask 077; echo \"whsec_$(openssl rand -base64 32)\" > secret)"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {WebhookListenCommand.class, WebhookVerifyCommand.class, WebhookSendTestCommand.class},
        footerHeading = "%nTry both ends:%n",
        footer = {
            "  bench webhook listen --secret-file secret --once &",
            "  bench webhook send-test http://127.0.0.1:8787/ --secret-file secret --allow-private"
        })
final class WebhookCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: listen, verify or send-test");
    }
}
