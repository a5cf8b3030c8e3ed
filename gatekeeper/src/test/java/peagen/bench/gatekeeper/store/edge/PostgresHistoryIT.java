package peagen.bench.gatekeeper.store.edge;

import org.junit.jupiter.api.extension.RegisterExtension;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.history.domain.HistoryContractTest;
import peagen.bench.gatekeeper.history.domain.Transactions;

class PostgresHistoryIT extends HistoryContractTest {

    @RegisterExtension
    static final PostgresStore STORE = new PostgresStore();

    private Database database;

    @Override
    protected History open() {
        database = STORE.open();
        return database.stores().history();
    }

    @Override
    protected Transactions transactions() {
        return database.stores().transactions();
    }
}
