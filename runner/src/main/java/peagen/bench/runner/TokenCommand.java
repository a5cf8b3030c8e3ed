package peagen.bench.runner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench token}: who may use a gatekeeper's API. */
@Command(
        name = "token",
        description = {
            "Makes, lists and revokes the API tokens of a gatekeeper, in its store.",
            "",
            "A token is shown once, when it is made; the store keeps its SHA-256 alone."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class},
        footerHeading = "%nTry it:%n",
        footer = {
            "  bench token create ci --scope run --expires 90d --store gatekeeper.db > token",
            "  curl -H \"Authorization: Bearer $(cat token)\" http://127.0.0.1:9465/api/v1/runs"
        })
final class TokenCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: create, list or revoke");
    }
}
