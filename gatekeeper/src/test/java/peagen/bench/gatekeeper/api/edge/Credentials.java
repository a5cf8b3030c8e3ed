package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.answerOf;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.detail;

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
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.gatekeeper.access.domain.Scope;
import peagen.bench.gatekeeper.access.domain.WorkloadRule;
import peagen.bench.gatekeeper.access.domain.WorkloadTrust;
import peagen.bench.gatekeeper.access.edge.AccessRules;

/** A server that lets nobody in without credentials, and an issuer of tokens whose keys it trusts. */
abstract class Credentials {

    static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    static final String WORKFLOW = "owner/farm/.github/workflows/bench.yml@refs/heads/main";

    @TempDir
    Path folder;

    final Vertx vertx = Vertx.vertx();
    final AtomicInteger fetches = new AtomicInteger();
    final JsonArray published = new JsonArray();
    KeyPair keys;
    String issuer;
    ApiFixture api;

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

    static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    static JsonObject jwk(String id, KeyPair pair) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return new JsonObject()
                .put("kty", "RSA")
                .put("kid", id)
                .put("alg", "RS256")
                .put("n", BASE64.encodeToString(key.getModulus().toByteArray()))
                .put("e", BASE64.encodeToString(key.getPublicExponent().toByteArray()));
    }

    JsonObject claims() {
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

    static String unsigned(JsonObject header, JsonObject claims) {
        return BASE64.encodeToString(header.encode().getBytes(StandardCharsets.UTF_8)) + "."
                + BASE64.encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
    }

    static String signed(JsonObject claims, String keyId, KeyPair by) {
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

    String signed(JsonObject claims) {
        return signed(claims, "key-1", keys);
    }

    HttpResponse<String> with(String token) {
        return api.get("/gates", "Authorization", "Bearer " + token);
    }

    void refused(String token, String why) {
        HttpResponse<String> response = with(token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(detail(response)).contains(why);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"gatekeeper\"");
    }

    JsonObject without(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);
        return claims;
    }
}
