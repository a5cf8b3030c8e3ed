package peagen.bench.gatekeeper;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.history.domain.History;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.webhook.domain.Destination;
import peagen.bench.gatekeeper.webhook.domain.Events;
import peagen.bench.gatekeeper.webhook.domain.Permissions;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.edge.Receiver;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/** Gatekeepers with a store of SQLite's, on a stub. */
abstract class StoredContract extends GatekeeperContract {

    static final Duration TERM = Duration.ofMillis(800);

    @TempDir
    Path folder;

    Database database;
    Receiver receiver;

    @Override
    Server start() {
        return new Server.Stub();
    }

    @BeforeEach
    void openStore() {
        database = Database.open(address());
        receiver = Receiver.start(vertx, socket -> socket.end(Buffer.buffer("HTTP/1.1 204 X\r\n\r\n")));
        database.stores()
                .subscriptions()
                .put(new Subscription(
                        "ci",
                        Destination.of("http://127.0.0.1:" + receiver.port() + "/hook"),
                        List.of(SigningSecret.ofKey(new byte[24])),
                        Events.ALL,
                        Permissions.PRIVATE_NETWORKS,
                        false,
                        Instant.now(),
                        Optional.empty()));
    }

    @AfterEach
    void closeStore() {
        receiver.close();
        database.close();
    }

    StoreAddress address() {
        return new StoreAddress.Sqlite(folder.resolve("store.db"));
    }

    Gatekeeper stored(StreamBroker on, Database in) {
        return stored(on, in, config("gatekeeper"));
    }

    Gatekeeper stored(StreamBroker on, Database in, GatekeeperConfig config) {
        Producer producer = new Producer(Producer.uniqueName("gatekeeper"), GatekeeperContract::nowMicros, () -> 0);
        StoreConfig store = StoreConfig.defaults(in).withTerm(TERM);
        return new Gatekeeper(on, config, producer, GateFiles.shipped(), registry, Optional.of(store));
    }

    void happen(SampleRun some) {
        control(some.declared());
        some.deltas(3).forEach(this::metrics);
        control(some.closed());
    }

    History history() {
        return database.stores().history();
    }

    List<String> webhookIds() {
        return receiver.requests().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("webhook-id: "))
                .toList();
    }
}
