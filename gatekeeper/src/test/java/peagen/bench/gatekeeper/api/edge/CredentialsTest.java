package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.answerOf;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.detail;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadRule;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;
import peagen.bench.gatekeeper.access.edge.AccessRules;

/** Tokens of all kinds, good ones and those that are none, against a server that lets nobody in without. */
class CredentialsTest {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String WORKFLOW = "owner/farm/.github/workflows/bench.yml@refs/heads/main";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger fetches = new AtomicInteger();
    private final JsonArray published = new JsonArray();
    private KeyPair keys;
    private String issuer;
    private ApiFixture api;

    @BeforeEach
    void open() throws GeneralSecurityException {
        keys = newKeys();
        published.add(jwk("key-1", keys));
        HttpServer server = answerOf(vertx.createHttpServer()
                .requestHandler(request -> {
                    fetches.incrementAndGet();
                    request.response()
                            .end(new JsonObject().put("keys", published).encode());
                })
                .listen(0, "127.0.0.1"));
        issuer = "http://127.0.0.1:" + server.actualPort();
        WorkloadTrust trust = new WorkloadTrust(
                issuer,
                "gatekeeper",
                issuer + "/jwks",
                List.of(
                        new WorkloadRule("owner/farm", "refs/heads/main", Optional.of(WORKFLOW), Scope.RUN),
                        new WorkloadRule("owner/farm", "refs/pull/*", Optional.empty(), Scope.READ)));
        api = new ApiFixture(folder, new AccessRules(Optional.empty(), Optional.of(trust), 500));
    }

    @AfterEach
    void close() {
        api.close();
        answerOf(vertx.close());
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static JsonObject jwk(String id, KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return new JsonObject()
                .put("kty", "RSA")
                .put("kid", id)
                .put("alg", "RS256")
                .put("n", BASE64.encodeToString(key.getModulus().toByteArray()))
                .put("e", BASE64.encodeToString(key.getPublicExponent().toByteArray()));
    }

    private JsonObject claims() {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", issuer)
                .put("aud", "gatekeeper")
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + 300)
                .put("repository", "owner/farm")
                .put("ref", "refs/heads/main")
                .put("job_workflow_ref", WORKFLOW);
    }

    private static String unsigned(JsonObject header, JsonObject claims) {
        return BASE64.encodeToString(header.encode().getBytes(StandardCharsets.UTF_8)) + "."
                + BASE64.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(JsonObject claims, String keyId, KeyPair by) {
        try {
            String text = unsigned(new JsonObject().put("alg", "RS256").put("kid", keyId), claims);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(by.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String signed(JsonObject claims) {
        return signed(claims, "key-1", keys);
    }

    private HttpResponse<String> with(String token) {
        return api.get("/gates", "Authorization", "Bearer " + token);
    }

    private void refused(String token, String why) {
        HttpResponse<String> response = with(token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(detail(response)).contains(why);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"gatekeeper\"");
    }

    @Test
    void letsNobodyInWithoutCredentials() {
        assertThat(api.get("/gates").statusCode()).isEqualTo(401);
        assertThat(api.get("/gates", "Authorization", "Basic YTpi").statusCode())
                .isEqualTo(401);
        refused("", "is not understood");
        refused("x", "these are no credentials");
        assertThat(api.stores.audit().before(Long.MAX_VALUE, 10))
                .extracting(entry -> entry.entry().who() + " " + entry.entry().status())
                .contains("- 401");
    }

    @Test
    void knowsApiTokensByTheirScope() {
        String read = api.token(Scope.READ);
        String run = api.token(Scope.RUN);

        assertThat(with(read).statusCode()).isEqualTo(200);
        String body = "{\"scenario\":\"smoke\"}";
        assertThat(api.post("/runs", body, "Authorization", "Bearer " + read).statusCode())
                .isEqualTo(403);
        HttpResponse<String> created = api.post("/runs", body, "authorization", "bearer " + run);
        assertThat(created.statusCode()).isEqualTo(201);
        JsonObject stored = json(api.get("/runs/" + json(created).getString("id"), "Authorization", "Bearer " + run));
        assertThat(stored.getString("requestedBy")).startsWith("token:test/");
        assertThat(api.stores.tokens().all()).allMatch(token -> token.lastUsed().isPresent());
        assertThat(api.stores.tokens().all().toString()).doesNotContain(read.substring(17));
    }

    @Test
    void refusesApiTokensThatAreNone() {
        String good = api.token(Scope.ADMIN);
        String expired = api.token(Scope.ADMIN, Optional.of(Instant.now().minusSeconds(1)));
        String revoked = api.token(Scope.ADMIN);
        assertThat(api.stores.tokens().revoke(revoked.substring(4, 16), Instant.now()))
                .isTrue();

        refused(expired, "has expired");
        refused(revoked, "was revoked");
        refused(good.substring(0, good.length() - 1), "nobody has such a token");
        refused(good.substring(0, 17) + "A".repeat(43), "nobody has such a token");
        refused("pgb_000000000000_" + good.substring(17), "nobody has such a token");
        refused(good + "x", "nobody has such a token");
        assertThat(with(good).statusCode()).isEqualTo(200);
    }

    @Test
    void stopsWhoeverFailsAllTheTime() {
        String known = api.token(Scope.READ);
        assertThat(with(known).statusCode()).isEqualTo(200);
        HttpResponse<String> last = with("pgb_none");
        for (int i = 0; i < 40 && last.statusCode() == 401; i++) {
            last = with("pgb_none");
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        // Who was known shortly before is not locked out by others at the same address.
        assertThat(with(known).statusCode()).isEqualTo(200);
    }

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

    private JsonObject without(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);
        return claims;
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
        Instant[] now = {Instant.now()};
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
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
            now[0] = now[0].plusSeconds(31);
            assertThat(later.get("/gates", "Authorization", "Bearer " + token).statusCode())
                    .isEqualTo(200);
            assertThat(fetches).hasValue(2);
        }
    }
}
