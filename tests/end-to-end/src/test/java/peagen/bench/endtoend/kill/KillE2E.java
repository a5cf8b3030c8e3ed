package peagen.bench.endtoend.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.endtoend.kill.Farm.Role;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.redis.RedisBroker;

/**
 * SIGKILL for every process of a farm at moments that a seed chooses, under load, on a Redis that forgets nothing
 * ({@code appendfsync always}), observed write-ahead. {@code -Dkill.seeds=100} for many seeds, {@code -Dkill.seed=17} for one.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillE2E {

    static final String SCENARIO = """
            name = "kill"
            summary = "some tasks"
            profile = "smoke"
            measures = ["tasks_lost"]
            [load]
            shape = "poisson"
            rate = 15000
            [phases]
            warm-up = "0s"
            steady = "4s"
            cool-down = "0s"
            [bounds]
            send-delay-p99 = "20s"
            drain = "1s"
            """;

    private static final int SEEDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Vertx vertx = Vertx.vertx();

    @TempDir
    private static Path folder;

    private static Path scenario;
    private static Farm farm;
    private static Books books;

    static LongStream seeds() {
        Long one = Long.getLong("kill.seed");
        return one == null ? LongStream.rangeClosed(1, Integer.getInteger("kill.seeds", SEEDS)) : LongStream.of(one);
    }

    @BeforeAll
    static void startFarm() throws IOException {
        scenario = Files.writeString(folder.resolve("kill.toml"), SCENARIO);
        farm = new Farm(folder, List.of("appendonly yes", "appendfsync always"));
        books = new Books(RedisBroker.connect(vertx, farm.redis.address())
                .toCompletionStage()
                .toCompletableFuture()
                .join());
        books.open();
        for (Role role : List.of(Role.PROBE, Role.COLLECTOR, Role.WORKER_A, Role.WORKER_B)) {
            farm.start(role);
        }
        farm.awaitProbe();
    }

    @AfterAll
    static void stopFarm() {
        farm.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Order(1)
    void everyTaskIsAccountedForAndWhatRanTwiceIsCountedExactly(long seed, TestReporter reporter) throws Exception {
        KillPlan plan = KillPlan.of(seed);
        String runId = "kill-" + seed;
        long before = books.resultCount();
        farm.generate(scenario, runId, seed);
        await().alias("the first result").atMost(PATIENCE).until(() -> books.resultCount() > before);
        happen(plan);
        assertThat(farm.process(Role.GENERATOR).waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the load generator ends; %s", farm.logs())
                .isTrue();
        await().alias("the farm finishes").atMost(PATIENCE).until(() -> {
            farm.revive();
            return books.drained();
        });

        RunAggregate run = Objects.requireNonNull(books.folded().get(runId));
        Accounts accounts = new Accounts(runId, run.ledger(), books.results(), Diary.read(folder));
        reporter.publishEntry(plan.toString(), accounts.toString());
        accounts.assertExact();
    }

    private static void happen(KillPlan plan) throws InterruptedException {
        long began = System.nanoTime();
        for (KillPlan.Kill kill : plan.kills()) {
            waitUntil(began, kill.atMillis());
            farm.kill(kill.victim());
            if (kill.victim() != Role.GENERATOR) {
                waitUntil(began, kill.atMillis() + kill.downMillis());
                farm.start(kill.victim());
            }
        }
    }

    private static void waitUntil(long beganNanos, long millis) {
        long left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        if (left > 0) {
            await().pollDelay(Duration.ofMillis(left))
                    .atMost(Duration.ofMillis(left + 5_000))
                    .until(() -> true);
        }
    }

    /** A collector that was killed has left entries pending, which another takes over when they are 15 s old. */
    @Test
    @Order(2)
    void whatTheCollectorsFoldedIsWhatOnePassOverAllEventsYields() {
        await().alias("the collectors finish").atMost(PATIENCE).until(books::isCollected);
        Map<String, RunAggregate> once = books.folded();
        assertThat(Books.sums(books.collected())).isEqualTo(Books.sums(once));
        assertThat(once.values()).allSatisfy(run -> assertThat(run.malformed()).isZero());
    }

    @Test
    @Order(3)
    void noEventIsWrittenTwice() {
        Set<String> repeated = books.repeated();
        assertThat(repeated)
                .as("producer/number of what was appended more than once")
                .isEmpty();
    }
}
