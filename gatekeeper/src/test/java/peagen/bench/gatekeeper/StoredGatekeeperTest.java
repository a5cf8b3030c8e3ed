package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Secret;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunOrder;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.gatekeeper.github.domain.Channel;
import peagen.bench.gatekeeper.github.edge.GithubConfig;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.history.domain.Stage;
import peagen.bench.gatekeeper.history.domain.StoredRun;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;
import peagen.bench.gatekeeper.store.edge.Database;
import peagen.bench.streams.outbox.Producer;

/** What a gatekeeper with a store does. */
class StoredGatekeeperTest extends StoredContract {

    @Test
    void keepsTheRunAndItsVerdictAndTells() {
        answerOf(vertx.deployVerticle(stored(broker, database)));
        happen(run);

        assertThat(awaitVerdicts(1)).containsExactly(run.undisturbedVerdict());
        long said = System.nanoTime();
        StoredRun kept = history().run(run.id).orElseThrow();
        assertThat(kept.stage()).isEqualTo(Stage.JUDGED);
        assertThat(kept.conditions().scenario()).isEqualTo("sample");
        assertThat(kept.start()).isPresent();
        assertThat(history().verdicts(run.id))
                .extracting(StoredVerdict::verdict)
                .containsExactly(run.undisturbedVerdict());
        awaitNothingPending();
        patiently().until(() -> webhookIds().size() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - said)).isLessThan(Duration.ofSeconds(5));
        assertThat(receiver.requests().get(0)).contains("\"runId\":\"run-1\"");
    }

    @Test
    void tellsGithubOfARunThatMeasuresACommit() {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer github = answerOf(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.add(request.path() + " " + body.toJsonObject().getString("state"));
                    request.response().setStatusCode(201).end("{}");
                }))
                .listen(0, "127.0.0.1"));
        GithubConfig config = new GithubConfig(
                URI.create("http://127.0.0.1:" + github.actualPort()),
                Optional.of(new Secret("ghp_secret")),
                Optional.empty(),
                Set.of(Channel.STATUS),
                Optional.empty(),
                Duration.ofSeconds(5));
        Commit commit = new Commit("o/r", "0123456789abcdef0123456789abcdef01234567", Optional.empty());
        RunOrder order = new RunOrder(
                "sample", Optional.empty(), Optional.empty(), 1, Optional.empty(), Optional.empty(), Replication.ALONE);
        history().requested(run.id, order, Optional.of(commit), "ci", Instant.now());
        Producer producer = new Producer(Producer.uniqueName("gatekeeper"), GatekeeperContract::nowMicros, () -> 0);
        StoreConfig store = StoreConfig.defaults(database).withTerm(TERM).withGithub(Optional.of(config));
        answerOf(vertx.deployVerticle(new Gatekeeper(
                broker,
                config("gatekeeper"),
                producer,
                GateFiles.shipped(),
                new SimpleMeterRegistry(),
                Optional.of(store))));

        control(run.declared());
        patiently().until(() -> told.size() == 1);
        run.deltas(3).forEach(this::metrics);
        control(run.closed());

        patiently().until(() -> told.size() == 2);
        String path = "/repos/o/r/statuses/" + commit.sha();
        assertThat(told.get(0)).isEqualTo(path + " pending");
        assertThat(told.get(1))
                .isEqualTo(path + (run.undisturbedVerdict().state() == VerdictState.PASS ? " success" : " error"));
    }

    @Test
    void saysWhatWasWrittenDownAndNotSaid() {
        AtomicBoolean broken = new AtomicBoolean(true);
        String first = answerOf(vertx.deployVerticle(stored(failing(broken, "commitIfUnchanged"), database)));
        happen(run);
        patiently().until(() -> !history().verdicts(run.id).isEmpty());
        patiently().until(() -> webhookIds().size() == 1);
        assertThat(verdicts()).isEmpty();
        vertx.undeploy(first);
        Verdict writtenDown = history().latestVerdict(run.id).orElseThrow().verdict();

        answerOf(vertx.deployVerticle(stored(broker, database)));

        assertThat(awaitVerdicts(1)).containsExactly(writtenDown);
        awaitNothingPending();
        assertThat(verdicts()).hasSize(1);
        assertThat(webhookIds()).hasSize(1);
    }

    @Test
    void takesInWhatWasSaidWithoutAStoreAndTellsNobody() {
        String without = deploy(config("gatekeeper"));
        happen(run);
        awaitVerdicts(1);
        awaitNothingPending();
        answerOf(vertx.undeploy(without));

        answerOf(vertx.deployVerticle(stored(broker, database)));

        assertThat(history().latestVerdict(run.id).orElseThrow().verdict()).isEqualTo(run.undisturbedVerdict());
        happen(new SampleRun("run-2", "smoke", nowMicros()));
        awaitVerdicts(2);
        patiently().until(() -> webhookIds().size() == 1);
        assertThat(receiver.requests().get(0)).contains("\"runId\":\"run-2\"");
    }

    @Test
    void waitsAsLongAsTheStoreIsLockedAndLosesNothing() throws SQLException {
        Gatekeeper gatekeeper = stored(broker, database);
        answerOf(vertx.deployVerticle(gatekeeper));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            happen(run);
            patiently().until(() -> gatekeeper.storeTrouble().isPresent() && !gatekeeper.isReady());
            assertThat(gatekeeper.storeTrouble().orElseThrow()).contains("another program holds it locked");
            assertThat(verdicts()).isEmpty();
            statement.execute("ROLLBACK");
        }

        assertThat(awaitVerdicts(1)).containsExactly(run.undisturbedVerdict());
        awaitNothingPending();
        patiently().until(() -> webhookIds().size() == 1 && gatekeeper.isReady());
        assertThat(gatekeeper.storeTrouble()).isEmpty();
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void oneOfTwoLeadsAndTheOtherTakesOver() {
        Gatekeeper one = stored(broker, database);
        String first = answerOf(vertx.deployVerticle(one));
        try (Database same = Database.open(address())) {
            Gatekeeper two = stored(broker, same);
            String second = answerOf(vertx.deployVerticle(two));
            patiently().until(() -> one.isReady() && two.isReady());
            assertThat(one.isLeading()).isTrue();
            assertThat(two.isLeading()).isFalse();
            assertThat(two.isReading()).isFalse();
            happen(run);
            awaitVerdicts(1);

            answerOf(vertx.undeploy(first));
            happen(new SampleRun("run-2", "smoke", nowMicros()));

            assertThat(awaitVerdicts(2)).extracting(Verdict::runId).containsExactly("run-1", "run-2");
            assertThat(two.isLeading()).isTrue();
            awaitNothingPending();
            patiently().until(() -> webhookIds().size() == 2);
            assertThat(webhookIds()).doesNotHaveDuplicates();
            answerOf(vertx.undeploy(second));
        }
    }

    @Test
    void aVerdictThatAnotherHasSaidIsNotSaidAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        answerOf(vertx.deployVerticle(stored(failing(broken, "acknowledge"), database)));
        happen(run);
        assertThat(awaitVerdicts(1)).hasSize(1);
        String entry =
                new String(VerdictJson.entry(verdicts().get(0)).bytes("verdict").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(entry).contains(run.id);

        broken.set(false);

        awaitNothingPending();
        assertThat(entries(StreamNames.VERDICTS)).hasSize(1);
    }
}
