package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.detail;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.webhook.domain.Delivery;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.NoticeWriter;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

/** Subscriptions and dead letters. */
class WebhookOperationsTest extends ApiContract {

    @Test
    void keepsSubscriptionsAndShowsASecretOnce() {
        String body = "{\"id\":\"ci\",\"url\":\"https://ci.example.org/hook/t0ken\",\"events\":\"changes\","
                + "\"allow\":[\"10.0.0.0/8\"]}";
        assertThat(api.post("/subscriptions", body).statusCode()).isEqualTo(403);
        HttpResponse<String> created = api.post("/subscriptions", body, admin);
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).getString("secret")).startsWith("whsec_");
        assertThat(api.post("/subscriptions", body, admin).statusCode()).isEqualTo(409);

        HttpResponse<String> list = api.get("/subscriptions");
        assertThat(list.body()).doesNotContain("whsec_").doesNotContain("t0ken");
        JsonObject rotated = json(api.post("/subscriptions/ci/rotate", "", admin));
        assertThat(rotated.getJsonObject("subscription").getBoolean("rotating")).isTrue();
        assertThat(rotated.getString("secret")).isNotEqualTo(json(created).getString("secret"));
        assertThat(json(api.post("/subscriptions/ci/settle", "", admin)).getBoolean("rotating"))
                .isFalse();
        api.stores.subscriptions().disable("ci", new Subscription.Disabled(START, "410 Gone"));
        assertThat(json(api.get("/subscriptions/ci")).getJsonObject("disabled").getString("reason"))
                .isEqualTo("410 Gone");
        assertThat(json(api.post("/subscriptions/ci/enable", "", admin)).containsKey("disabled"))
                .isFalse();
        assertThat(api.send(api.to("/subscriptions/ci").headers(admin).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(api.get("/subscriptions/ci").statusCode()).isEqualTo(404);

        HttpResponse<String> wrong = api.post("/subscriptions", "{\"id\":\"x\",\"url\":\"ftp://secret\"}", admin);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("#/url").doesNotContain("secret");
        assertThat(detail(api.post(
                        "/subscriptions",
                        "{\"id\":\"x\",\"url\":\"https://a.example.org\",\"allow\":[\"10.0.0.0/99\"]}",
                        admin)))
                .isEqualTo("#/allow/0: got '10.0.0.0/99', expected an address or a range such as 10.0.0.0/8");
    }

    @Test
    void replaysDeadLetters() {
        Notice notice = new NoticeWriter(URI.create("urn:gatekeeper"), Optional.empty())
                .write(Verdicts.of("run-1", VerdictState.PASS), START);
        Delivery delivery = Delivery.of("ci", notice, START);
        assertThat(api.stores.deliveries().add(delivery)).isTrue();
        String path = "/deliveries/ci/" + notice.id() + "/replay";
        assertThat(api.post(path, "", admin).statusCode()).isEqualTo(409);
        assertThat(api.stores.deliveries().settle(delivery.abandoned(START, "given up")))
                .isTrue();

        assertThat(json(api.get("/deliveries"))
                        .getJsonArray("deliveries")
                        .getJsonObject(0)
                        .getString("reason"))
                .isEqualTo("given up");
        HttpResponse<String> replayed = api.post(path, "", admin);
        assertThat(replayed.statusCode()).isEqualTo(202);
        assertThat(json(replayed).getString("state")).isEqualTo("waiting");
        assertThat(api.post("/deliveries/ci/none/replay", "", admin).statusCode())
                .isEqualTo(404);
    }
}
