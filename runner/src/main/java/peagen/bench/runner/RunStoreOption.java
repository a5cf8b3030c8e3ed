package peagen.bench.runner;

import org.jspecify.annotations.Nullable;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.runner.edge.BadInput;
import peagen.bench.runner.edge.RunMemory;
import picocli.CommandLine.Option;

/** Where runs are kept, and found to be compared with. */
final class RunStoreOption {

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "keeps the run there, and compares it with those before it where its gate asks for that:"
                    + " a file of SQLite's, or postgresql://…; default: the runs of this command alone")
    private @Nullable String store;

    RunMemory memory() {
        return store == null
                ? RunMemory.ofThisProcess()
                : RunMemory.in(StoreAddress.parse(store)
                        .orElseThrow(() ->
                                new BadInput("--store: got a text that is none, expected " + StoreAddress.EXPECTED)));
    }
}
