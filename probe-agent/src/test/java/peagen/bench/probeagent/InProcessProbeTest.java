package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.contract.task.ResultEnvelope.Status;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.outbox.Producer;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

class InProcessProbeTest {

    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final StubBroker farm = new StubBroker(vertx, new StubRedis());
    private final StubBroker suite = new StubBroker(vertx, new StubRedis());
    private final InProcessProbe probe =
            new InProcessProbe(vertx, farm, suite, STREAMS, new Producer("probe-1", clock::get, () -> 3), "gpu");

    @BeforeEach
    void createGroup() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        answerOf(farm.createGroup(STREAMS.tasks(), STREAMS.group(), EntryId.MIN));
    }

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private void enqueue(String run, int from, int to) {
        List<Fields> tasks =
                IntStream.range(from, to).mapToObj(i -> Seen.task(run, i, 0)).toList();
        answerOf(farm.append(STREAMS.tasks(), tasks));
    }

    private List<EntryId> claim(int count) {
        GroupRead read = new GroupRead(STREAMS.tasks(), STREAMS.group(), "w", count, Duration.ZERO);
        return answerOf(probe.broker().readGroup(read)).stream()
                .map(StreamEntry::id)
                .toList();
    }

    private void acknowledge(List<EntryId> ids) {
        answerOf(probe.broker().acknowledge(STREAMS.tasks(), STREAMS.group(), ids));
    }

    private List<TasksObserved> events() {
        return entries().stream().flatMap(Seen::batches).toList();
    }

    private List<StreamEntry> entries() {
        return answerOf(suite.range(STREAMS.events(), EntryId.MIN, EntryId.MAX, Integer.MAX_VALUE));
    }

    private List<Seen> rows() {
        return events().stream().flatMap(Seen::rows).toList();
    }

    @Test
    void theWorkersFirstClaimAndItsEndAreToldUnderItsName() {
        enqueue("run-1", 0, 3);
        claim(2);
        await().until(() -> entries().stream().flatMap(Seen::lives).count() == 1);
        clock.addAndGet(5_000_000);
        claim(1);
        answerOf(probe.close(LONG));

        assertThat(entries().stream().flatMap(Seen::lives))
                .containsExactly("run-1: w of 'gpu' FIRST_CLAIM at 1000000", "run-1: w of 'gpu' STOPPED at 6000000");
        assertThat(events()).extracting(TasksObserved::workerClass).containsOnly("gpu");
    }

    @Test
    void whatItSeesIsInTheEventsStreamSoonAfter() {
        enqueue("run-1", 0, 3);

        claim(3);

        await().until(() -> rows().size() == 3);
        assertThat(events().getFirst().envelope().producer()).isEqualTo("probe-1");
        assertThat(events().getFirst().envelope().clockUncertaintyMicros()).isEqualTo(3);
        assertThat(rows()).extracting(Seen::told).containsExactly("0 CLAIMED 1", "1 CLAIMED 1", "2 CLAIMED 1");
        assertThat(rows()).extracting(Seen::seen).containsOnly(1_000_000L);
        assertThat(probe.observations()).isEqualTo(3);
    }

    @Test
    void fullBatchesGoAtOnceAndTheRestWithTheNextFlush() {
        enqueue("run-1", 0, 1_100);

        claim(1_100);

        // Worker and probe share a context here: the timer cannot fall between the rows of one claim.
        await().until(() -> rows().size() == 1_100);
        assertThat(events()).extracting(TasksObserved::size).contains(512).allMatch(size -> size <= 512);
        assertThat(rows())
                .extracting(Seen::sequence)
                .containsExactlyElementsOf(LongStream.range(0, 1_100).boxed().toList());
    }

    @Test
    void eventsAreNumberedWithoutGapsInTheOrderOfTheStream() {
        for (int round = 0; round < 40; round++) {
            enqueue("run-1", round * 40, round * 40 + 40);
            acknowledge(claim(40));
        }
        answerOf(probe.close(LONG));

        assertThat(entries())
                .extracting(entry -> entry.fields().text("seq").orElse(""))
                .containsExactlyElementsOf(LongStream.range(0, entries().size())
                        .mapToObj(Long::toString)
                        .toList());
        assertThat(rows()).hasSize(40 * 120);
        assertThat(rows().stream().filter(row -> row.observation() == Observation.COMPLETED))
                .extracting(Seen::sequence)
                .containsExactlyElementsOf(LongStream.range(0, 1_600).boxed().toList());
        assertThat(probe.observations()).isEqualTo(40 * 120);
    }

    @Test
    void runsAtTheSameTimeHaveEventsOfTheirOwn() {
        enqueue("run-1", 0, 10);
        enqueue("run-2", 0, 20);
        List<EntryId> ids = claim(30);
        answerOf(probe.broker().append(STREAMS.results(), List.of(Seen.result("run-2", 7, Status.ERROR))));
        acknowledge(ids);
        answerOf(probe.close(LONG));

        assertThat(rows()).filteredOn(row -> row.run().equals("run-1")).hasSize(30);
        assertThat(rows()).filteredOn(row -> row.run().equals("run-2")).hasSize(60);
        assertThat(rows())
                .filteredOn(row -> row.observation() == Observation.FAILED)
                .extracting(row -> row.run() + " " + row.sequence())
                .containsExactly("run-2 7");
    }

    @Test
    void countsWhatIsNotOurs() {
        answerOf(farm.append(STREAMS.tasks(), Fields.of("data", new byte[] {1})));

        claim(1);

        assertThat(probe.watch().unreadable()).isEqualTo(1);
        assertThat(probe.watch().foreign()).isZero();
        assertThat(probe.observations()).isZero();
        assertThat(probe.dropped()).isZero();
    }

    @Test
    void closingSendsWhatIsLeft() {
        enqueue("run-1", 0, 5);
        claim(5);

        answerOf(probe.close(LONG));

        assertThat(rows()).hasSize(5);
    }

    @Test
    void closingFailsAndCountsWhenTheSuitesRedisIsAway() {
        enqueue("run-1", 0, 5);
        answerOf(suite.close());
        claim(5);

        assertThatThrownBy(() -> answerOf(probe.close(Duration.ofMillis(50))))
                .hasCauseInstanceOf(BrokerException.class)
                .hasMessageContaining(STREAMS.events());

        await().until(() -> probe.dropped() > 0);
    }
}
