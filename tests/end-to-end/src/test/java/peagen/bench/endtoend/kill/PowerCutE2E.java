package peagen.bench.endtoend.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.endtoend.kill.Diary.Deed;
import peagen.bench.endtoend.kill.Diary.Line;
import peagen.bench.endtoend.kill.Farm.Role;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.measurement.ledger.LedgerTotals;
import peagen.bench.streams.redis.RedisBroker;

/**
 * A power cut on a Redis with {@code appendfsync everysec}. SIGKILL alone leaves to the kernel what was written, so the test
 * takes some of the last second of the append only file away before Redis starts again: as much as a seed says.
 */
class PowerCutE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** While the disk is busy Redis holds back what it writes for up to two seconds, of which one is cut by hand. */
    private static final long MORE_LOST_MILLIS = 1_000;

    @TempDir
    private Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Math.max(1, Integer.getInteger("kill.seeds", 1) / 10));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onlyTheLastMomentsComeAgain(long seed, TestReporter reporter) throws Exception {
        Path data = Files.createDirectories(folder.resolve("redis"));
        Path scenario = Files.writeString(folder.resolve("kill.toml"), KillE2E.SCENARIO);
        List<String> settings =
                List.of("appendonly yes", "appendfsync everysec", "auto-aof-rewrite-percentage 0", "dir " + data);
        Vertx vertx = Vertx.vertx();
        try (Farm farm = new Farm(folder, settings)) {
            Books books = new Books(RedisBroker.connect(vertx, farm.redis.address())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
            books.open();
            for (Role role : List.of(Role.PROBE, Role.COLLECTOR, Role.WORKER_A, Role.WORKER_B)) {
                farm.start(role);
            }
            farm.awaitProbe();
            farm.generate(scenario, "cut", seed);
            await().alias("the first results").atMost(PATIENCE).until(() -> books.resultCount() > 100);
            long safeMillis = cutPower(farm, data, new SplittableRandom(seed)) - MORE_LOST_MILLIS;
            assertThat(farm.process(Role.GENERATOR).waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            await().alias("the farm finishes").atMost(PATIENCE).until(books::drained);
            await().alias("the collector finishes").atMost(PATIENCE).until(books::isCollected);

            Map<String, RunAggregate> folded = books.folded();
            Accounts accounts = new Accounts(
                    "cut", Objects.requireNonNull(folded.get("cut")).ledger(), books.results(), Diary.read(folder));
            reporter.publishEntry("power cut", accounts.toString());
            assertNothingOlderComesAgain(accounts, safeMillis);
            assertTheSumCloses(accounts.totals(), books.sentSince("cut", safeMillis));
            assertThat(accounts.twiceInLedger()).containsAll(accounts.twiceInResults());
            assertThat(accounts.twiceInLedger().size()
                            - accounts.twiceInResults().size())
                    .as("cut between the observation and the result that it is of: once for each worker at most")
                    .isLessThanOrEqualTo(2);
            assertThat(accounts.twiceInDiary(Deed.EXECUTED)).containsAll(accounts.twiceInLedger());
            assertThat(Books.sums(books.collected())).isEqualTo(Books.sums(folded));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** Answers since when what Redis had taken may be lost. */
    private static long cutPower(Farm farm, Path data, SplittableRandom random)
            throws IOException, InterruptedException {
        Path log = data.resolve("appendonlydir/appendonly.aof.1.incr.aof");
        long began = System.currentTimeMillis();
        long written = Files.size(log);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        farm.kill(Role.REDIS);
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(random.nextLong(written, file.size() + 1));
        }
        farm.start(Role.REDIS);
        return began;
    }

    /** Of the tasks that never fail: a failed one comes again by right. */
    private static void assertNothingOlderComesAgain(Accounts accounts, long safeMillis) {
        for (Line line : accounts.diary) {
            if (line.deed() == Deed.ACKNOWLEDGED
                    && line.millis() < safeMillis
                    && !DiaryWorker.failsAtFirst(line.task())) {
                assertThat(accounts.results.get(line.task()))
                        .as("results of %s", line.task())
                        .contains(line.execution());
                assertThat(accounts.diary)
                        .filteredOn(other -> other.task().equals(line.task()) && other.deed() == Deed.EXECUTED)
                        .as("executions of %s after its acknowledgement", line.task())
                        .allSatisfy(other -> assertThat(other.millis()).isLessThanOrEqualTo(line.millis()));
            }
        }
    }

    private static void assertTheSumCloses(LedgerTotals totals, long sentLately) {
        assertThat(totals.enqueued())
                .isEqualTo(totals.completed() + totals.failed() + totals.deadLettered() + totals.outstanding());
        assertThat(totals.outstanding()).as("not in the stream: lost").isEqualTo(totals.unobserved());
        assertThat(totals.unobserved())
                .as("lost tasks that the load generator reported")
                .isLessThanOrEqualTo(sentLately);
    }
}
