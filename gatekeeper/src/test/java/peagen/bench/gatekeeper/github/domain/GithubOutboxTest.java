package peagen.bench.gatekeeper.github.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.history.domain.Commit;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.DeliveryRules;
import peagen.bench.gatekeeper.webhook.domain.InMemoryDeliveryStore;
import peagen.bench.gatekeeper.webhook.domain.RetryPolicy;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

class GithubOutboxTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Commit COMMIT = new Commit("org/repo", "0123456789".repeat(4), Optional.of("refs/heads/main"));

    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    private final InMemoryDeliveryStore store = new InMemoryDeliveryStore();
    private final GithubOutbox outbox = new GithubOutbox(
            store,
            new GithubCalls(Optional.of(URI.create("https://bench.example/"))),
            Set.of(Channel.values()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    private JsonNode call(Channel channel, String runId, int revision) throws JsonProcessingException {
        Delivery delivery = delivery(channel, runId, revision);
        return JsonMapper.builder().build().readTree(delivery.notice().toString());
    }

    private Delivery delivery(Channel channel, String runId, int revision) {
        return store.find(new Delivery.Key(channel.id(), GithubCalls.id(channel, runId, revision)))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "PASS,success,success",
        "FAIL,failure,failure",
        "INVALID,error,action_required",
        "INCONCLUSIVE,error,action_required"
    })
    void onlyAPassIsASuccess(VerdictState state, String status, String conclusion) throws JsonProcessingException {
        assertThat(outbox.judged(Verdicts.of("r", state), COMMIT)).isEqualTo(3);
        JsonNode said = call(Channel.STATUS, "r", 1);
        assertThat(said.at("/path").asText()).isEqualTo("/repos/org/repo/statuses/" + COMMIT.sha());
        assertThat(said.at("/body/state").asText()).isEqualTo(status);
        assertThat(said.at("/body/context").asText()).isEqualTo("peagen-bench/v1.0/smoke");
        assertThat(said.at("/body/target_url").asText()).isEqualTo("https://bench.example/api/v1/runs/r");
        JsonNode check = call(Channel.CHECK, "r", 1);
        assertThat(check.at("/path").asText()).isEqualTo("/repos/org/repo/check-runs");
        assertThat(check.at("/body/conclusion").asText()).isEqualTo(conclusion);
        assertThat(check.at("/body/head_sha").asText()).isEqualTo(COMMIT.sha());
        assertThat(check.at("/body/output/summary").asText()).contains("| PT-3 |");
        JsonNode dispatch = call(Channel.DISPATCH, "r", 1);
        assertThat(dispatch.at("/path").asText()).isEqualTo("/repos/org/repo/dispatches");
        assertThat(dispatch.at("/body/event_type").asText()).isEqualTo("peagen-bench-verdict");
        assertThat(dispatch.at("/body/client_payload/state").asText()).isEqualTo(state.name());
        assertThat(dispatch.at("/body/client_payload").size()).isLessThanOrEqualTo(10);
    }

    @Test
    void aRunIsPendingUntilItIsJudgedAndNeverAgain() throws JsonProcessingException {
        assertThat(outbox.begun("r", "smoke", "v1.0", COMMIT)).isEqualTo(1);
        assertThat(call(Channel.STATUS, "r", 0).at("/body/state").asText()).isEqualTo("pending");
        outbox.judged(Verdicts.of("r", VerdictState.PASS), COMMIT);
        assertThat(delivery(Channel.STATUS, "r", 0).state()).isEqualTo(new Delivery.Dead(NOW, "there is a newer one"));
        Verdict second = Verdicts.of("r", VerdictState.FAIL).revised(2, 1, 3, List.of("late"));
        outbox.judged(second, COMMIT);
        assertThat(delivery(Channel.STATUS, "r", 1).state()).isInstanceOf(Delivery.Dead.class);
        assertThat(delivery(Channel.STATUS, "r", 2).state()).isInstanceOf(Delivery.Waiting.class);
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        outbox.begun("r", "smoke", "v1.0", COMMIT);
        outbox.judged(Verdicts.of("r", VerdictState.PASS), COMMIT);
        assertThat(outbox.begun("r", "smoke", "v1.0", COMMIT)).isZero();
        assertThat(outbox.judged(Verdicts.of("r", VerdictState.PASS), COMMIT)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "org/repo,HEAD",
        "org,0123456789012345678901234567890123456789",
        "a/../b,0123456789012345678901234567890123456789",
        "org/re po,0123456789012345678901234567890123456789",
        "../repo,0123456789012345678901234567890123456789"
    })
    void saysNothingOfWhatIsNoCommit(String repository, String sha) {
        Commit commit = new Commit(repository, sha, Optional.empty());
        assertThat(outbox.begun("r", "smoke", "v1.0", commit)).isZero();
        assertThat(outbox.judged(Verdicts.of("r", VerdictState.PASS), commit)).isZero();
    }

    @Test
    void whateverAVerdictHoldsItFits() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            Verdict verdict = Verdicts.hostile(random);
            for (Channel channel : Channel.values()) {
                new GithubCalls(Optional.empty()).judged(channel, verdict, COMMIT);
            }
        }
    }

    @Test
    void whatIsTriedAgainNeverTakesThePlaceOfWhatSetOutSince() {
        Lane lane = Lane.ofGithub(store);
        outbox.judged(Verdicts.of("first", VerdictState.FAIL), COMMIT);
        Delivery first = claimed(lane, Channel.STATUS).get(0);
        Delivery failed = new DeliveryRules(RetryPolicy.STANDARD, new Random(1)).after(first, unanswered());
        assertThat(store.settle(failed)).isTrue();
        outbox.judged(Verdicts.of("second", VerdictState.PASS), COMMIT);
        assertThat(claimed(lane, Channel.STATUS))
                .extracting(Delivery::key)
                .containsExactly(delivery(Channel.STATUS, "second", 1).key());

        assertThat(lane.claim(Channel.STATUS.id(), LATER, LATER.plusSeconds(90), 4))
                .as("the second, whose claim ran out, and not the first")
                .extracting(delivery -> delivery.key().noticeId())
                .containsExactly(GithubCalls.id(Channel.STATUS, "second", 1));
        assertThat(delivery(Channel.STATUS, "first", 1).state())
                .isEqualTo(new Delivery.Dead(LATER, "there is a newer one"));
    }

    @Test
    void whatIsAboutSomethingElseOrReplayedIsTriedAgain() {
        Lane lane = Lane.ofGithub(store);
        DeliveryRules rules = new DeliveryRules(RetryPolicy.STANDARD, new Random(1));
        outbox.judged(Verdicts.of("first", VerdictState.FAIL), COMMIT);
        for (Channel channel : Channel.values()) {
            store.settle(rules.after(claimed(lane, channel).get(0), unanswered()));
        }
        Commit other = new Commit("org/repo", "abcdef0123".repeat(4), Optional.empty());
        outbox.judged(Verdicts.of("second", VerdictState.PASS), other);
        for (Channel channel : Channel.values()) {
            claimed(lane, channel);
            assertThat(lane.claim(channel.id(), LATER, LATER, 4))
                    .as(channel.id())
                    .hasSize(2);
        }
        Delivery dead = delivery(Channel.STATUS, "first", 1).abandoned(LATER, "by hand");
        assertThat(store.settle(dead)).isTrue();
        assertThat(store.settle(dead.replayed(LATER))).isTrue();
        assertThat(lane.claim(Channel.STATUS.id(), LATER, LATER, 4))
                .extracting(delivery -> delivery.key().noticeId())
                .contains(GithubCalls.id(Channel.STATUS, "first", 1));
    }

    private static List<Delivery> claimed(Lane lane, Channel channel) {
        return lane.claim(channel.id(), NOW, NOW.plusSeconds(90), 4);
    }

    private static Try unanswered() {
        return new Try(NOW, Duration.ZERO, new Try.Unanswered(Try.Fault.BROKEN, "scripted"));
    }

    @Test
    void eachLoopLooksAfterItsOwn() {
        outbox.judged(Verdicts.of("r", VerdictState.PASS), COMMIT);
        store.add(Delivery.of("ci", delivery(Channel.STATUS, "r", 1).notice(), NOW));
        assertThat(Lane.ofWebhooks(store).due(NOW)).containsExactly("ci");
        assertThat(Lane.ofGithub(store).due(NOW))
                .containsExactlyInAnyOrder("github-status", "github-check", "github-dispatch");
    }
}
