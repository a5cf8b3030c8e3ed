package peagen.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static peagen.bench.worker.StubFarm.STREAMS;
import static peagen.bench.worker.StubFarm.answerOf;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.streams.StreamBroker;
import peagen.bench.worker.TroubledBroker.Trouble;
import peagen.bench.worker.domain.SyntheticHandler;

class WorkerTest {

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final StubFarm farm = new StubFarm();

    private static WorkerConfig config(String consumer) {
        return new WorkerConfig(
                STREAMS,
                consumer,
                Set.of(),
                16,
                64,
                Duration.ofMillis(50),
                IDLE,
                Duration.ofMillis(10),
                1_000,
                10_000_000);
    }

    private Future<String> deploy(StreamBroker broker, WorkerConfig config, Handling handling, Duration time) {
        SyntheticHandler handler = new SyntheticHandler(handling.times(time, 1), 0, 1);
        return farm.vertx().deployVerticle(new Worker(farm.vertx(), broker, config, handler));
    }

    private static List<String> ids(long count) {
        return LongStream.range(0, count).mapToObj(StubFarm::idOf).toList();
    }

    @AfterEach
    void closeFarm() {
        farm.close();
    }

    @Test
    void createsTheGroupFromTheBeginningOfTheStream() {
        WorkerConfig other = new WorkerConfig(
                new StreamNames("x.tasks", "x.results", "x.dead", "x"),
                "w",
                Set.of("cpu"),
                1,
                1,
                Duration.ofMillis(50),
                IDLE,
                IDLE,
                3,
                1_000);
        StreamBroker broker = farm.connect();
        answerOf(broker.append("x.tasks", StubFarm.task(0, "cpu")));

        answerOf(deploy(broker, other, Handling.NOOP, Duration.ZERO));

        await().untilAsserted(
                        () -> assertThat(answerOf(broker.length("x.results"))).isEqualTo(1));
    }

    @Test
    void isNotDeployedWhereItCannotCreateTheGroup() {
        TroubledBroker broker = new TroubledBroker(farm.connect());
        broker.trouble("createGroup " + STREAMS.tasks(), Trouble.REFUSED);

        Future<String> deployment = deploy(broker.broker(), config("w"), Handling.NOOP, Duration.ZERO);

        assertThatThrownBy(() -> answerOf(deployment)).hasMessageContaining("createGroup");
        assertThat(broker.calls()).containsExactly("createGroup " + STREAMS.tasks());
    }

    @Test
    void undeployingAnswersWhatIsInHand() {
        farm.enqueue(100);
        String worker = answerOf(deploy(farm.connect(), config("w"), Handling.FIXED, Duration.ofMillis(200)));
        await().until(() -> farm.group().pending() == 64);

        answerOf(farm.vertx().undeploy(worker));

        assertThat(farm.resultIds()).containsExactlyInAnyOrderElementsOf(ids(64));
        assertThat(farm.group().pending()).isZero();
        assertThat(farm.group().lag()).isEqualTo(36);
    }

    @Test
    void anotherWorkerFinishesWhatAKilledOneHadInHand() {
        farm.enqueue(40);
        StreamBroker connection = farm.connect();
        TroubledBroker broker = new TroubledBroker(connection);
        answerOf(deploy(broker.broker(), config("killed"), Handling.FIXED, Duration.ofMillis(20)));
        await().until(farm::isIdle);
        broker.trouble(call -> call.startsWith("readGroup ") ? Trouble.NONE : Trouble.REFUSED);
        farm.enqueue(60);
        await().until(() -> farm.group().pending() == 60);
        answerOf(connection.close());
        farm.letPass(IDLE);

        answerOf(deploy(farm.connect(), config("living"), Handling.NOOP, Duration.ZERO));

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyInAnyOrderElementsOf(ids(100));
        assertThat(farm.results())
                .extracting(result -> result.attempts())
                .as("the killed worker's tasks are on their second attempt")
                .containsOnly(1, 2)
                .filteredOn(attempt -> attempt == 2)
                .hasSize(60);
    }

    @Test
    void aWorkerThatComesBackUnderItsOldNameFinishesWhatItHadInHand() {
        farm.enqueue(10);
        farm.claimAndDie("w", 10);
        farm.letPass(IDLE);

        answerOf(deploy(farm.connect(), config("w"), Handling.NOOP, Duration.ZERO));

        await().until(farm::isIdle);
        assertThat(farm.resultIds()).containsExactlyInAnyOrderElementsOf(ids(10));
    }

    /** Whatever fails, and whether it happened or not, every task comes to a result and none is left. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNoTaskOnAnUnreliableRedis(long seed) {
        Random random = new Random(seed);
        TroubledBroker broker = new TroubledBroker(farm.connect());
        broker.trouble(call -> call.startsWith("createGroup ") || random.nextInt(10) > 1
                ? Trouble.NONE
                : random.nextBoolean() ? Trouble.REFUSED : Trouble.ANSWER_LOST);
        farm.enqueue(300);
        String worker = answerOf(deploy(broker.broker(), config("w"), Handling.UNIFORM, Duration.ofMillis(2)));

        await().until(() -> {
            farm.letPass(IDLE);
            return farm.isIdle();
        });
        broker.heal();
        answerOf(farm.vertx().undeploy(worker));

        assertThat(broker.calls()).hasSizeGreaterThan(30);
        assertThat(Set.copyOf(farm.resultIds())).containsExactlyInAnyOrderElementsOf(ids(300));
        assertThat(farm.deadLetters()).isEmpty();
    }
}
