package peagen.bench.endtoend.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.measurement.aggregate.RunAggregate;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/**
 * SIGKILL for collectors at moments that a seed chooses, under load, while others come and go. What they have counted is what one
 * pass over the same events counts, bit for bit. {@code -Dcollector.kills=100} for many kills, {@code -Dkill.seed=17} for another
 * seed.
 */
class CollectorKillE2E {

    private static final int KILLS = 6;
    private static final int CREW = 3;
    private static final int ENTRIES_AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final StreamNames STREAMS = StreamNames.peagen();

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedRedis redis = EmbeddedRedis.start();

    @TempDir
    private Path folder;

    /** What an entry is to come to: an event that is counted, one that has been, or an entry that is put aside. */
    private record Reference(Map<String, Books.Sums> sums, Set<String> aside, long duplicates) {

        static Reference of(List<StreamEntry> entries) {
            Map<String, RunAggregate> runs = new TreeMap<>();
            Map<String, Long> malformed = new TreeMap<>();
            Set<String> events = new HashSet<>();
            Set<String> aside = new TreeSet<>();
            long duplicates = 0;
            for (StreamEntry entry : entries) {
                String run = entry.fields().text("run").orElse(Envelope.NO_RUN);
                RunAggregate aggregate = runs.computeIfAbsent(run, first -> new RunAggregate());
                if (!(TaskEvents.decode(entry.fields()) instanceof Decoded.Known<TaskEvent>(TaskEvent event))) {
                    malformed.merge(run, 1L, Long::sum);
                    aside.add(entry.id().toString());
                } else if (events.add(event.envelope().eventId())) {
                    aggregate.fold(event);
                } else {
                    duplicates++;
                }
            }
            Map<String, Books.Sums> sums = Books.sums(runs);
            sums.replaceAll((run, sum) -> sum.withMalformed(malformed.getOrDefault(run, 0L)));
            return new Reference(sums, aside, duplicates);
        }
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }

    @Test
    void everyEventIsCountedOnceWhicheverCollectorsAreKilledWhen(TestReporter reporter) throws Exception {
        int kills = Integer.getInteger("collector.kills", KILLS);
        long seed = Long.getLong("kill.seed", 1);
        Random random = new Random(seed);
        StreamBroker broker = answer(RedisBroker.connect(vertx, redis.address()));
        Books books = new Books(broker);
        EventWriter writer = new EventWriter(vertx, broker, STREAMS.events(), new EventScript(seed), ENTRIES_AT_ONCE);
        try (Crew crew = new Crew(redis.address(), folder)) {
            for (int i = 0; i < CREW; i++) {
                crew.start();
            }
            answer(broker.createGroup(STREAMS.events(), StreamNames.COLLECTORS, EntryId.MIN));
            writer.start();
            await().alias("the first delta").atMost(PATIENCE).until(() -> answer(broker.length(STREAMS.metrics())) > 0);
            for (int kill = 0; kill < kills; kill++) {
                crew.awaitReader();
                pause(100 + random.nextInt(700));
                crew.killOne(random);
                if (random.nextInt(4) == 0) {
                    crew.letOneGo(random);
                }
                while (crew.size() < CREW - 1 + random.nextInt(3)) {
                    crew.start();
                }
            }
            List<StreamEntry> appended = answer(writer.stop());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(books.isCollected())
                            .as(() -> "the collectors finish: "
                                    + answer(broker.groupInfo(STREAMS.events(), StreamNames.COLLECTORS))
                                    + System.lineSeparator() + crew.logs())
                            .isTrue());
            Reference reference = Reference.of(appended);
            reporter.publishEntry(
                    kills + " kills, seed " + seed,
                    "%d entries, %d of them appended again, %d unreadable, %d deltas"
                            .formatted(
                                    appended.size(),
                                    reference.duplicates(),
                                    reference.aside().size(),
                                    answer(broker.length(STREAMS.metrics()))));
            assertThat(Books.sums(books.collected())).as(crew.logs()).isEqualTo(reference.sums());
            List<String> aside = originsIn(broker);
            assertThat(aside).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(aside)).isEqualTo(reference.aside());
            assertThat(reference.duplicates()).isPositive();
            await().alias("the events are trimmed")
                    .atMost(PATIENCE)
                    .until(() -> answer(broker.length(STREAMS.events())) == 0);
        }
    }

    private static List<String> originsIn(StreamBroker broker) {
        return answer(broker.range(STREAMS.quarantine(), EntryId.MIN, EntryId.MAX, 1_000_000)).stream()
                .map(entry -> entry.fields().text("origin_id").orElse(""))
                .toList();
    }

    private static void pause(long millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMillis(millis + 5_000))
                .until(() -> true);
    }

    private static <T> T answer(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
