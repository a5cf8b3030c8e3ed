package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.gatekeeper.access.domain.Scope;

/** API tokens, good ones and those that are none, against a server that lets nobody in without. */
class CredentialsTest extends Credentials {

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
}
