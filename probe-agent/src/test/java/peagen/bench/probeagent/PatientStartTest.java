package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatientStartTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterAll
    void close() {
        join(vertx.close());
    }

    private Future<String> failingUntil(int success, Reason reason) {
        return tries.incrementAndGet() >= success
                ? Future.succeededFuture("started")
                : Future.failedFuture(new BrokerException(reason, "no Redis"));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void waitsForAServerThatCannotBeReached() {
        PatientStart patient = new PatientStart(vertx, Duration.ofSeconds(30));

        assertThat(join(patient.start(() -> failingUntil(3, Reason.UNREACHABLE))))
                .isEqualTo("started");
    }

    @Test
    void takesARefusalForAnAnswer() {
        PatientStart patient = new PatientStart(vertx, Duration.ofSeconds(30));
        int before = tries.get();

        assertThatThrownBy(() -> join(patient.start(() -> failingUntil(Integer.MAX_VALUE, Reason.REJECTED))))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("no Redis");
        assertThat(tries.get() - before).isEqualTo(1);
    }

    @Test
    void givesUpWhenItsPatienceIsAtAnEnd() {
        PatientStart patient = new PatientStart(vertx, Duration.ZERO);

        assertThatThrownBy(() -> join(patient.start(() -> failingUntil(Integer.MAX_VALUE, Reason.UNREACHABLE))))
                .hasMessageContaining("no Redis");
    }
}
