package peagen.bench.gatekeeper.github.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.Secret;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.github.domain.AppKey;
import peagen.bench.gatekeeper.github.domain.Channel;
import peagen.bench.gatekeeper.github.domain.GithubCalls;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryRules;
import peagen.bench.gatekeeper.webhook.domain.InMemoryDeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.RetryPolicy;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

class GithubTest {

    private static final Commit COMMIT = new Commit("org/repo", "0123456789".repeat(4), Optional.empty());
    private static final RetryPolicy QUICK = new RetryPolicy(
            List.of(Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(20)),
            0,
            Duration.ofHours(1),
            Duration.ofHours(1));

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryDeliveryStore store = new InMemoryDeliveryStore();
    private final Queue<Consumer<HttpServerRequest>> script = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    requests.add(request.method() + " " + request.path() + " " + request.getHeader("Authorization")
                            + " " + body);
                    Optional.ofNullable(script.poll())
                            .orElse(last -> last.response().setStatusCode(201).end("{}"))
                            .accept(request);
                }));
        server.listen(0, "127.0.0.1").await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private GithubConfig config(Channel channel, Optional<GithubConfig.App> app) {
        return config(channel, app, Duration.ofMillis(500));
    }

    private GithubConfig config(Channel channel, Optional<GithubConfig.App> app, Duration limit) {
        return new GithubConfig(
                URI.create("http://127.0.0.1:" + server.actualPort() + "/api/v3"),
                Optional.of(new Secret("ghp_secret")).filter(fixed -> app.isEmpty()),
                app,
                Set.of(channel),
                Optional.empty(),
                limit);
    }

    private void answers(int status, String... headers) {
        script.add(request -> {
            for (int i = 0; i < headers.length; i += 2) {
                request.response().putHeader(headers[i], headers[i + 1]);
            }
            request.response().setStatusCode(status).end("{\"message\":\"scripted\"}");
        });
    }

    private void tell(GithubConfig config) {
        Github github = new Github(vertx, config, store, Clock.systemUTC(), new DeliveryRules(QUICK, new Random(1)));
        github.outbox().judged(Verdicts.of("r", VerdictState.FAIL), COMMIT);
        vertx.getOrCreateContext().runOnContext(begin -> github.start(Duration.ofMillis(10)));
    }

    private Delivery delivery(Channel channel) {
        return store.find(new Delivery.Key(channel.id(), GithubCalls.id(channel, "r", 1)))
                .orElseThrow();
    }

    private void awaitDelivered(Channel channel) {
        await().until(() -> delivery(channel).state() instanceof Delivery.Delivered);
    }

    @Test
    void setsTheStateOfTheCommit() {
        tell(config(Channel.STATUS, Optional.empty()));
        awaitDelivered(Channel.STATUS);
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /api/v3/repos/org/repo/statuses/" + COMMIT.sha() + " Bearer ghp_secret {")
                .contains("\"state\":\"failure\"", "\"context\":\"peagen-bench/v1.0/smoke\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 422, 500, 302})
    void triesAgainAndKeepsWhatCannotBeDelivered(int status) {
        for (int i = 0; i < 3; i++) {
            answers(status, "Location", "http://127.0.0.1:1/");
        }
        tell(config(Channel.DISPATCH, Optional.empty()));
        await().until(() -> delivery(Channel.DISPATCH).state() instanceof Delivery.Dead);
        assertThat(((Delivery.Dead) delivery(Channel.DISPATCH).state()).reason())
                .isEqualTo("given up after 3 tries; answered " + status);
        assertThat(requests).hasSize(3);
    }

    @Test
    void isDeliveredOnceWhatIsBrokenIsMended() {
        answers(503);
        script.add(hanging -> {});
        tell(config(Channel.STATUS, Optional.empty()));
        awaitDelivered(Channel.STATUS);
        assertThat(requests).hasSize(3);
        assertThat(delivery(Channel.STATUS).tries()).isEqualTo(3);
    }

    @Test
    void waitsUntilALimitIsReset() {
        Instant reset = Instant.now().plusSeconds(600);
        answers(403, "x-ratelimit-remaining", "0", "x-ratelimit-reset", Long.toString(reset.getEpochSecond()));
        tell(config(Channel.STATUS, Optional.empty()));
        await().until(() -> delivery(Channel.STATUS).tries() == 1);
        assertThat(delivery(Channel.STATUS).state())
                .isInstanceOfSatisfying(
                        Delivery.Waiting.class,
                        waiting -> assertThat(waiting.next()).isBetween(reset.minusSeconds(2), reset.plusSeconds(5)));
    }

    @Test
    void saysThatTheTimeWasOver() {
        for (int i = 0; i < 3; i++) {
            script.add(hanging -> {});
        }
        tell(config(Channel.STATUS, Optional.empty()));
        await().until(() -> delivery(Channel.STATUS).state() instanceof Delivery.Dead);
        Try last = delivery(Channel.STATUS).last().orElseThrow();
        assertThat(last.result())
                .isInstanceOfSatisfying(
                        Try.Unanswered.class, none -> assertThat(none.fault()).isEqualTo(Try.Fault.TIMED_OUT));
    }

    @Test
    void anAppAsksForATokenOnceAndAgainWhenItIsRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
        GithubConfig config =
                config(Channel.CHECK, Optional.of(new GithubConfig.App("77", 9, AppKey.of(new Secret(pem)))));
        answers(502);
        token("ghs_first");
        answers(401);
        token("ghs_second");
        tell(config);
        awaitDelivered(Channel.CHECK);
        assertThat(requests).hasSize(5);
        assertThat(requests.get(0)).startsWith("POST /api/v3/app/installations/9/access_tokens Bearer ey");
        assertThat(requests.get(2)).startsWith("POST /api/v3/repos/org/repo/check-runs Bearer ghs_first {");
        assertThat(requests.get(4)).startsWith("POST /api/v3/repos/org/repo/check-runs Bearer ghs_second {");
    }

    @Test
    void aCallUnderWayIsWaitedForByItsSuccessorAndByNobodyElse() {
        Promise<Void> held = Promise.promise();
        script.add(begun -> held.future()
                .onSuccess(go -> begun.response().setStatusCode(201).end("{}")));
        Github github = new Github(
                vertx,
                config(Channel.STATUS, Optional.empty(), Duration.ofSeconds(20)),
                store,
                Clock.systemUTC(),
                new DeliveryRules(QUICK, new Random(1)));
        github.outbox().begun("r", "smoke", "v1.0", COMMIT);
        vertx.getOrCreateContext().runOnContext(begin -> github.start(Duration.ofMillis(10)));
        await().until(() -> requests.size() == 1);

        Commit other = new Commit("org/other", COMMIT.sha(), Optional.empty());
        github.outbox().judged(Verdicts.of("r", VerdictState.FAIL), COMMIT);
        github.outbox().judged(Verdicts.of("other", VerdictState.PASS), other);
        await().until(() -> requests.size() == 2);
        assertThat(requests.get(1)).contains("/repos/org/other/statuses/");
        await().during(Duration.ofMillis(300)).until(() -> requests.size() == 2);

        held.complete();
        awaitDelivered(Channel.STATUS);
        assertThat(requests).hasSize(3);
        assertThat(requests.get(0)).contains("/repos/org/repo/", "\"state\":\"pending\"");
        assertThat(requests.get(2)).contains("/repos/org/repo/", "\"state\":\"failure\"");
    }

    private void token(String token) {
        script.add(request -> request.response()
                .setStatusCode(201)
                .end("{\"token\":\"%s\",\"expires_at\":\"%s\"}"
                        .formatted(token, Instant.now().plusSeconds(3600))));
    }

    @Test
    void refusesSettingsThatCouldNeverSendAnything() {
        assertThatThrownBy(() ->
                        config(Channel.STATUS, Optional.empty()).channels().add(Channel.CHECK))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config(Channel.CHECK, Optional.empty())).hasMessage("github: check runs need an App");
        assertThatThrownBy(() -> new GithubConfig(
                        GithubConfig.GITHUB,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty(),
                        GithubConfig.LIMIT))
                .hasMessage("github: expected a token or an App");
    }
}
