package peagen.bench.gatekeeper.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.gatekeeper.api.edge.ApiFixture.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;
import peagen.bench.gatekeeper.webhook.domain.Verdicts;

/** Nights of two replicates each, whose throughput falls in the middle. */
class TargetChangesApiTest extends ApiContract {

    private static final String CHANGES = "/targets/PT-3/changes?scenario=smoke&environment=DEV-STUB&profile=v1.0";

    private final SplittableRandom random = new SplittableRandom(7);

    private void nights(int from, int to, double level) {
        for (int night = from; night < to; night++) {
            for (int number = 1; number <= 2; number++) {
                Verdict.Target target = new Verdict.Target(
                        "PT-3",
                        "queue_throughput_tpm",
                        VerdictState.PASS,
                        level * (1 + 0.01 * random.nextGaussian()),
                        10_000,
                        ">=",
                        "tasks/min",
                        2000,
                        "absolute",
                        "measured");
                String run = "night-%02d-%d".formatted(night, number);
                api.judged(
                        Verdicts.of(run, VerdictState.PASS, List.of(), List.of(target)),
                        START.plus(Duration.ofDays(night)).plusSeconds(number * 60L),
                        new Replication("night-%02d-1".formatted(night), number, 2));
            }
        }
    }

    private JsonObject series(String query) {
        return json(api.get(CHANGES + query)).getJsonArray("series").getJsonObject(0);
    }

    @Test
    void saysSinceWhichRunATargetIsWorse() {
        nights(0, 12, 12_000);
        nights(12, 24, 11_000);

        JsonObject series = series("");
        assertThat(series.getInteger("runs")).isEqualTo(48);
        assertThat(series.getJsonArray("changes")).hasSize(1);
        JsonObject change = series.getJsonArray("changes").getJsonObject(0);
        assertThat(change.getString("runId")).isEqualTo("night-12-1");
        assertThat(change.getDouble("before")).isBetween(11_900.0, 12_100.0);
        assertThat(change.getDouble("after")).isBetween(10_900.0, 11_100.0);
        assertThat(change.getBoolean("better")).isFalse();
        // Of the latest 24 runs, twelve nights, none is before the change.
        assertThat(series("&limit=24").getJsonArray("changes")).isEqualTo(new JsonArray());
    }

    /** Eighteen nights are too few for ten values on either side, though they have 36 runs. */
    @Test
    void replicatesOfOneNightAreOneValue() {
        nights(0, 9, 12_000);
        nights(9, 18, 11_000);

        assertThat(series("").getInteger("runs")).isEqualTo(36);
        assertThat(series("").getJsonArray("changes")).isEmpty();
    }

    @Test
    void limitsHowMuchIsLookedAt() {
        assertThat(api.get(CHANGES + "&limit=501").statusCode()).isEqualTo(400);
        assertThat(json(api.get(CHANGES)).getJsonArray("series")).isEmpty();
    }
}
