package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.TestClock;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadRule;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;
import peagen.bench.gatekeeper.access.edge.AccessRules;

/** Credentials while the gatekeeper's clock is set forward and back. */
class ClockJumpsTest extends Credentials {

    private final Instant begin = Instant.now();
    private final TestClock clock = new TestClock(begin);
    private ApiFixture timed;

    @BeforeEach
    void openTimed() {
        WorkloadTrust trust = new WorkloadTrust(
                issuer,
                "gatekeeper",
                issuer + "/jwks",
                List.of(new WorkloadRule("owner/farm", "*", Optional.empty(), Scope.READ)));
        timed = new ApiFixture(
                folder.resolve("timed"),
                new AccessRules(Optional.empty(), Optional.of(trust), 500),
                clock,
                Duration.ofSeconds(5));
    }

    @AfterEach
    void closeTimed() {
        timed.close();
    }

    private HttpResponse<String> at(long seconds, String token) {
        clock.set(begin.plusSeconds(seconds));
        return timed.get("/gates", "Authorization", "Bearer " + token);
    }

    private void good(long seconds, String token) {
        assertThat(at(seconds, token).statusCode()).as("at " + seconds).isEqualTo(200);
    }

    private void refused(long seconds, String token, String why) {
        HttpResponse<String> answer = at(seconds, token);
        assertThat(answer.statusCode()).as("at " + seconds).isEqualTo(401);
        assertThat(ApiFixture.detail(answer)).contains(why);
    }

    @Test
    void anApiTokenIsGoodUntilTheClockShowsItsEndAlsoWhenItWasJustUsed() {
        String token = timed.token(Scope.READ, Optional.of(begin.plusSeconds(3)));
        good(0, token);
        good(2, token);
        refused(3, token, "has expired");
        refused(86_400, token, "has expired");
        good(1, token);
        refused(4, token, "has expired");
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceWhenTheClockIsSetBack() {
        String token = timed.token(Scope.READ, Optional.empty());
        good(0, token);
        assertThat(timed.stores.tokens().revoke(token.substring(4, 16), begin)).isTrue();
        good(1, token);
        refused(-3_600, token, "was revoked");
        refused(3_600, token, "was revoked");
    }

    @Test
    void aWorkloadTokenIsGoodBetweenItsTimesHoweverOftenItIsShown() {
        long now = begin.getEpochSecond();
        String token = signed(claims().put("iat", now).put("nbf", now).put("exp", now + 300));
        good(0, token);
        good(0, token);
        good(328, token);
        refused(331, token, "has expired");
        refused(-60, token, "not yet good");
        good(-28, token);
        good(10, token);
    }

    @Test
    void keysAreFetchedAgainWhenTheClockWasSetBack() throws Exception {
        long now = begin.getEpochSecond();
        good(0, signed(claims().put("exp", now + 300)));
        assertThat(fetches).hasValue(1);
        KeyPair next = newKeys();
        published.add(jwk("key-2", next));
        long before = now - 7_200;
        String token = signed(claims().put("iat", before).put("nbf", before).put("exp", before + 300), "key-2", next);
        good(-7_200, token);
        assertThat(fetches).hasValue(2);
        refused(0, token, "has expired");
    }
}
