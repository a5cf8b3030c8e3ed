package peagen.bench.runner;

import java.util.function.Function;
import peagen.bench.gatekeeper.access.domain.TokenStore;
import peagen.bench.gatekeeper.history.domain.StoreException;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.StoreTrouble;
import picocli.CommandLine.Option;

/** Which store the tokens are in. */
final class TokenStoreOption {

    @Option(
            names = "--store",
            paramLabel = "URL",
            defaultValue = "gatekeeper.db",
            description =
                    "the gatekeeper's store, as its --store has it: a file of SQLite's, or postgresql://… (default:"
                            + " ${DEFAULT-VALUE})")
    private String store = "gatekeeper.db";

    /** Opens the store for {@code work}. */
    <T> T with(Function<TokenStore, T> work) {
        StoreAddress address = StoreAddress.parse(store)
                .orElseThrow(() -> new BadInput("--store: got a text that is none, expected " + StoreAddress.EXPECTED));
        try (Database database = Database.open(address)) {
            return work.apply(database.tokens());
        } catch (StoreException trouble) {
            throw new StoreTrouble(trouble);
        }
    }
}
