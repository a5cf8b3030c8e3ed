package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.probeagent.domain.conversation.Observing;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.StreamBroker;
import peagen.bench.worker.Worker;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.SyntheticHandler;

/** The reference worker, which knows of no probe, behind a probe agent on a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbeAgentIT {

    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final int TASKS = 5_000;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private BrokerSource redis;
    private StreamBroker observer;

    @BeforeAll
    void start() {
        redis = answerOf(Brokers.open(vertx, new BrokerAddress.Embedded()));
        observer = answerOf(redis.connect());
    }

    @AfterAll
    void stop() {
        answerOf(redis.close());
        answerOf(vertx.close());
    }

    @ParameterizedTest
    @EnumSource(Observing.class)
    void seesEveryTaskClaimedExecutedAndEndedOnce(Observing observing) {
        String run = "run-" + observing;
        RedisAddress upstream = redis.redisAddress().orElseThrow();
        ProbeAgent agent = answerOf(ProbeAgent.start(
                vertx,
                redis,
                ProbeAgentConfig.of(new HostPort("127.0.0.1", 0), upstream).observing(observing),
                meters,
                TrafficListener.NONE));
        BrokerSource probed = answerOf(Brokers.open(
                vertx, RedisAddress.of(agent.address().host(), agent.address().port())));
        List<Fields> tasks =
                IntStream.range(0, TASKS).mapToObj(i -> Seen.task(run, i, 0)).toList();
        answerOf(observer.append(STREAMS.tasks(), tasks));

        long resultsBefore = answerOf(observer.length(STREAMS.results()));
        SyntheticHandler handler = new SyntheticHandler(Handling.EXPONENTIAL.times(Duration.ofMillis(1), 1), 0.1, 1);
        WorkerConfig config = WorkerConfig.farmDefaults(STREAMS, "worker-1").withBatches(64, 512);
        String worker = answerOf(vertx.deployVerticle(new Worker(vertx, answerOf(probed.connect()), config, handler)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> answerOf(observer.length(STREAMS.results())) >= resultsBefore + TASKS);
        answerOf(vertx.undeploy(worker));
        answerOf(probed.close());
        answerOf(agent.stop());

        List<Seen> rows = answerOf(observer.range(STREAMS.events(), EntryId.MIN, EntryId.MAX, 1_000_000)).stream()
                .flatMap(Seen::batches)
                .flatMap(Seen::rows)
                .filter(row -> row.run().equals(run))
                .toList();
        Set<Long> all = new HashSet<>(LongStream.range(0, TASKS).boxed().toList());
        assertThat(sequences(rows, Observation.CLAIMED)).hasSize(TASKS).hasSameElementsAs(all);
        assertThat(sequences(rows, Observation.EXECUTED)).hasSize(TASKS).hasSameElementsAs(all);
        assertThat(rows.stream()
                        .filter(row ->
                                row.observation() == Observation.COMPLETED || row.observation() == Observation.FAILED)
                        .map(Seen::sequence))
                .hasSize(TASKS)
                .hasSameElementsAs(all);
        assertThat(rows).hasSize(3 * TASKS).allMatch(row -> row.delivery() == 1 && row.claimed() <= row.seen());
        assertThat(answerOf(observer.length(STREAMS.tasks()))).isZero();
        assertThat(meters.find("probe.unobserved").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isZero();
    }

    private static List<Long> sequences(List<Seen> rows, Observation observation) {
        return rows.stream()
                .filter(row -> row.observation() == observation)
                .map(Seen::sequence)
                .toList();
    }

    private static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
