package peagen.bench.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.service.http.Health.Outcome;

class HealthTest {

    private static List<Outcome> outcomes(Health health) {
        return health.check().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void isReadyWithoutChecks() {
        assertThat(outcomes(new Health())).isEmpty();
    }

    @Test
    void reportsEveryCheckInTheOrderOfNames() {
        Health health = new Health()
                .register("redis", () -> Future.failedFuture("connection refused\nsecond line"))
                .register("broken", () -> {
                    throw new IllegalStateException();
                })
                .registerCondition("group", () -> true)
                .registerCondition("warm", () -> false);
        assertThat(outcomes(health))
                .containsExactly(
                        new Outcome("broken", false, "IllegalStateException"),
                        new Outcome("group", true, ""),
                        new Outcome("redis", false, "connection refused\\nsecond line"),
                        new Outcome("warm", false, "not yet, or no longer"));
    }

    @Test
    void givesUpOnACheckThatDoesNotAnswer() {
        Promise<Void> never = Promise.promise();
        Health health = new Health(Duration.ofMillis(20)).register("redis", never::future);
        assertThat(outcomes(health)).containsExactly(new Outcome("redis", false, "no answer within 20ms"));
    }

    @Test
    void replacesACheckOfTheSameName() {
        Health health = new Health().registerCondition("x", () -> false).registerCondition("x", () -> true);
        assertThat(outcomes(health)).containsExactly(new Outcome("x", true, ""));
    }
}
