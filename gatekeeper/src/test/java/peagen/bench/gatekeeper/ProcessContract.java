package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.Processes.Launched;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.gatekeeper.store.domain.StoreAddress;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.gatekeeper.store.edge.PostgresStore;
import peagen.bench.gatekeeper.webhook.edge.Receiver;

/** Gatekeepers as processes of their own on a real Redis, with a store and a receiver of webhooks. */
abstract class ProcessContract extends GatekeeperContract {

    @RegisterExtension
    static final PostgresStore POSTGRES = new PostgresStore();

    @TempDir
    Path folder;

    final Server.Redis redis = new Server.Redis();
    Processes processes;
    StoreAddress store;
    Receiver receiver;

    @Override
    Server start() {
        return redis;
    }

    /** The kinds of stores that there are. */
    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    /** Uses a fresh store. */
    void use(Kind kind) {
        store = switch (kind) {
            case SQLITE -> new StoreAddress.Sqlite(folder.resolve("store.db"));
            case POSTGRESQL -> POSTGRES.fresh();
        };
    }

    @BeforeEach
    void subscribe() throws IOException {
        use(Kind.SQLITE);
        processes = new Processes(folder);
        receiver = Receiver.start(vertx, socket -> socket.end(Buffer.buffer("HTTP/1.1 204 X\r\n\r\n")));
        Files.writeString(folder.resolve("secret"), "whsec_" + "A".repeat(32) + "\n");
        Files.writeString(folder.resolve("webhooks.toml"), """
                [[subscription]]
                id = "ci"
                url = "http://127.0.0.1:%d/hook"
                secret-file = "secret"
                allow = ["127.0.0.0/8"]
                """.formatted(receiver.port()));
    }

    @AfterEach
    void killAll() {
        processes.close();
        receiver.close();
    }

    /** One that tells the receiver and takes nothing late. */
    Launched launch(String... arguments) {
        return launchUnder("exec \"$@\"", arguments);
    }

    Launched launchUnder(String script, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--late-window",
                "0s",
                "--webhooks",
                folder.resolve("webhooks.toml").toString()));
        all.addAll(List.of(arguments));
        return processes.launchUnder(script, redis.address(), store.reveal(), all.toArray(String[]::new));
    }

    void happen(int number) {
        SampleRun some = new SampleRun("run-" + number, "smoke", nowMicros());
        control(some.declared());
        some.deltas(2).forEach(this::metrics);
        control(some.closed());
    }

    /** That every run has one verdict, on the stream and in the store, and that the receiver heard of each with one body. */
    void awaitAllToldOnce(int runs) {
        try {
            patiently()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> verdicts().size() >= runs && bodies().size() >= runs);
        } catch (ConditionTimeoutException tooLate) {
            throw new AssertionError(
                    "%d verdicts, %d webhooks\n%s".formatted(verdicts().size(), bodies().size(), processes.said()),
                    tooLate);
        }
        awaitNothingPending();
        List<Verdict> said = verdicts();
        assertThat(said)
                .extracting(verdict -> verdict.runId() + "#" + verdict.revision())
                .doesNotHaveDuplicates();
        assertThat(said).hasSize(runs);
        Map<String, Set<String>> bodies = bodies();
        assertThat(bodies).hasSize(runs);
        assertThat(bodies.values()).allSatisfy(variants -> assertThat(variants).hasSize(1));
        try (Database database = Database.open(store)) {
            for (Verdict verdict : said) {
                assertThat(database.stores().history().verdicts(verdict.runId()))
                        .extracting(StoredVerdict::verdict)
                        .containsExactly(verdict);
            }
        }
    }

    /** What came, by webhook id. */
    Map<String, Set<String>> bodies() {
        return receiver.requests().stream()
                .collect(Collectors.groupingBy(
                        request -> request.lines()
                                .filter(line -> line.startsWith("webhook-id: "))
                                .findFirst()
                                .orElseThrow(),
                        Collectors.mapping(
                                request -> request.substring(request.indexOf("\r\n\r\n")),
                                Collectors.toCollection(TreeSet::new))));
    }

    /** Those of {@code candidates} whose lead is written in their log. */
    static List<Launched> leaders(Launched... candidates) {
        return Stream.of(candidates)
                .filter(each -> each.said().contains("leads"))
                .toList();
    }
}
