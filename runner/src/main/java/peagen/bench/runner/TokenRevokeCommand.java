package peagen.bench.runner;

import java.time.Clock;
import java.util.concurrent.Callable;
import peagen.bench.runner.edge.BadInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench token revoke ID}. */
@Command(name = "revoke", description = "Takes a token back, for good; gatekeepers refuse it within five seconds.")
final class TokenRevokeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TokenStoreOption store = new TokenStoreOption();

    @Parameters(paramLabel = "ID", description = "the id of the token: the digits behind pgb_")
    private String id = "";

    @Override
    public Integer call() {
        if (!store.with(tokens -> tokens.revoke(id, Clock.systemUTC().instant()))) {
            throw new BadInput("ID: got '" + id + "', expected the id of a token that is not revoked yet; see"
                    + " bench token list");
        }
        spec.commandLine().getErr().println("bench: token " + id + " is revoked");
        return 0;
    }
}
