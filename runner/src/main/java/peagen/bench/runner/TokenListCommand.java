package peagen.bench.runner;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import peagen.bench.gatekeeper.access.domain.ApiToken;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.service.terminal.TextTable;
import peagen.bench.service.terminal.TextTable.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench token list}. */
@Command(name = "list", description = "Lists the tokens, those that are no good any more too; never what they are.")
final class TokenListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private TokenStoreOption store = new TokenStoreOption();

    @Override
    public Integer call() {
        Instant now = Clock.systemUTC().instant();
        TextTable table = TextTable.of(
                Column.left("id"),
                Column.left("name"),
                Column.left("scope"),
                Column.left("state"),
                Column.left("created"),
                Column.left("expires"),
                Column.left("last used"));
        for (ApiToken token : store.with(TokenStore::all)) {
            table = table.row(
                    token.id(),
                    token.name(),
                    token.scope().label(),
                    token.usable(now) ? "good" : token.revoked().isPresent() ? "revoked" : "expired",
                    shown(Optional.of(token.created())),
                    shown(token.expires()),
                    shown(token.lastUsed()));
        }
        spec.commandLine().getOut().print(table);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String shown(Optional<Instant> time) {
        return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-");
    }
}
