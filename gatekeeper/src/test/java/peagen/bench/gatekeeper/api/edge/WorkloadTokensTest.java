package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.detail;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.TestClock;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadRule;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;
import peagen.bench.gatekeeper.access.edge.AccessRules;

/** OpenID Connect tokens of workflows, good ones and those that are none. */
class WorkloadTokensTest extends Credentials {

    @Test
    void knowsWorkflowsByTheirClaims() {
        assertThat(with(signed(claims())).statusCode()).isEqualTo(200);
        assertThat(with(signed(claims().put("aud", new JsonArray().add("other").add("gatekeeper"))))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> created =
                api.post("/runs", "{\"scenario\":\"smoke\"}", "Authorization", "Bearer " + signed(claims()));
        assertThat(created.statusCode()).isEqualTo(201);
        String pull = signed(claims().put("ref", "refs/pull/7/merge").put("job_workflow_ref", "x"));
        HttpResponse<String> forbidden =
                api.post("/runs", "{\"scenario\":\"smoke\"}", "Authorization", "Bearer " + pull);
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(detail(forbidden)).contains("github:owner/farm@refs/pull/7/merge has read");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void refusesClaimsThatAreNotGood() {
        long now = Instant.now().getEpochSecond();
        refused(signed(claims().put("exp", now - 31)), "has expired");
        assertThat(with(signed(claims().put("exp", now - 5))).statusCode()).isEqualTo(200);
        refused(signed(without("exp")), "no 'exp'");
        refused(signed(claims().put("exp", "tomorrow")), "no 'exp'");
        refused(signed(claims().put("exp", 1e300)), "no 'exp'");
        refused(signed(claims().put("nbf", now + 90)), "not yet good");
        refused(signed(claims().put("iat", now + 90)), "not yet good");
        refused(signed(claims().put("iss", "https://token.actions.githubusercontent.com")), "another issuer");
        refused(signed(claims().put("aud", "other")), "another audience");
        refused(signed(without("aud")), "another audience");
        refused(signed(claims().put("repository", "evil/farm")), "nobody allows");
        refused(signed(claims().put("repository", "owner/farm2")), "nobody allows");
        refused(signed(claims().put("ref", "refs/heads/other")), "nobody allows");
        refused(signed(claims().put("job_workflow_ref", "evil/farm/x.yml@refs/heads/main")), "nobody allows");
    }

    @Test
    void refusesSignaturesThatAreNone() throws GeneralSecurityException {
        String good = signed(claims());
        String none = unsigned(new JsonObject().put("alg", "none").put("kid", "key-1"), claims());
        refused(none + ".", "no credentials");
        refused(none + good.substring(good.lastIndexOf('.')), "no credentials");
        refused(good.substring(0, good.lastIndexOf('.') + 1), "not signed by its issuer");
        refused(good.substring(0, good.length() - 10), "not signed by its issuer");
        refused(good.substring(0, good.lastIndexOf('.')), "no credentials");
        refused(signed(claims(), "key-1", newKeys()), "not signed by its issuer");

        String[] parts = good.split("\\.", -1);
        String forged = BASE64.encodeToString(claims().put("repository", "owner/farm")
                .put("exp", 4_000_000_000L)
                .encode()
                .getBytes(StandardCharsets.UTF_8));
        refused(parts[0] + "." + forged + "." + parts[2], "not signed by its issuer");

        // The old trick: the public key taken for the secret of an HMAC.
        String hmac = unsigned(new JsonObject().put("alg", "HS256").put("kid", "key-1"), claims());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256"));
        refused(
                hmac + "." + BASE64.encodeToString(mac.doFinal(hmac.getBytes(StandardCharsets.US_ASCII))),
                "no credentials");
    }

    @Test
    void looksForANewKeyOnceAndNotAtTheCallersPace() throws GeneralSecurityException {
        assertThat(with(signed(claims())).statusCode()).isEqualTo(200);
        KeyPair next = newKeys();
        for (int i = 0; i < 5; i++) {
            refused(signed(claims(), "key-" + (i + 10), next), "not signed by its issuer");
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void takesANewKeyOfTheIssuerWhenTheTimeHasCome() throws GeneralSecurityException {
        TestClock clock = new TestClock(Instant.now());
        WorkloadTrust trust = new WorkloadTrust(
                issuer,
                "gatekeeper",
                issuer + "/jwks",
                List.of(new WorkloadRule("owner/farm", "*", Optional.empty(), Scope.READ)));
        try (ApiFixture later = new ApiFixture(
                folder.resolve("later"),
                new AccessRules(Optional.empty(), Optional.of(trust), 500),
                clock,
                Duration.ofSeconds(5))) {
            assertThat(later.get("/gates", "Authorization", "Bearer " + signed(claims()))
                            .statusCode())
                    .isEqualTo(200);
            KeyPair next = newKeys();
            published.add(jwk("key-2", next));
            String token = signed(claims(), "key-2", next);
            assertThat(later.get("/gates", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(401);
            clock.set(clock.instant().plusSeconds(31));
            assertThat(later.get("/gates", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(200);
            assertThat(fetches).hasValue(2);
        }
    }
}
