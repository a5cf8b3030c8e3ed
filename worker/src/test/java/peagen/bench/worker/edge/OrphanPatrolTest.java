package peagen.bench.worker.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.worker.StubFarm.ACKNOWLEDGED;
import static peagen.bench.worker.StubFarm.DEAD_LETTERS;
import static peagen.bench.worker.StubFarm.DELETED;
import static peagen.bench.worker.StubFarm.GIVEN_BACK;
import static peagen.bench.worker.StubFarm.STREAMS;
import static peagen.bench.worker.StubFarm.answerOf;
import static peagen.bench.worker.StubFarm.idOf;
import static peagen.bench.worker.StubFarm.json;
import static peagen.bench.worker.StubFarm.taskOf;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.task.TaskEnvelope;
import peagen.bench.worker.StubFarm;
import peagen.bench.worker.TroubledBroker;
import peagen.bench.worker.TroubledBroker.Trouble;
import peagen.bench.worker.WorkerConfig;

class OrphanPatrolTest {

    private static final String LOOKED = "claimStale " + STREAMS.tasks();
    private static final String TRIMMED = "trimToLength " + STREAMS.results();
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final StubFarm farm = new StubFarm();
    private final TroubledBroker broker = new TroubledBroker(farm.connect());
    private WorkerConfig config =
            WorkerConfig.farmDefaults(STREAMS, "patrol-1").withOrphans(IDLE, Duration.ofMillis(10));

    private OrphanPatrol start() {
        return farm.on(() -> {
            OrphanPatrol patrol = new OrphanPatrol(farm.vertx(), broker.broker(), config, Clock.systemUTC());
            patrol.start();
            return patrol;
        });
    }

    private void aWholeRound() {
        long before = broker.count(TRIMMED);
        await().until(() -> broker.count(TRIMMED) > before + 1);
    }

    @AfterEach
    void closeFarm() {
        farm.close();
    }

    @Test
    void enqueuesAnOrphanAgainUnderANewIdWithOneAttemptMore() {
        farm.enqueue(1, "cpu");
        StreamEntry left = farm.claimAndDie("worker-1", 1).getFirst();
        farm.letPass(IDLE);

        start();

        await().until(() -> farm.group().pending() == 0);
        aWholeRound();
        assertThat(broker.writes()).containsExactly(GIVEN_BACK, ACKNOWLEDGED, DELETED);
        assertThat(farm.tasks()).singleElement().satisfies(again -> {
            assertThat(again.id()).isGreaterThan(left.id());
            assertThat(taskOf(again)).isEqualTo(taskOf(left).retried());
        });
        assertThat(farm.group().lag()).as("for any worker to claim").isEqualTo(1);
    }

    @Test
    void leavesAloneWhatHasNotBeenPendingForLong() {
        farm.enqueue(3);
        farm.claimAndDie("worker-1", 2);
        farm.letPass(IDLE.minusSeconds(1));
        farm.claimAndDie("worker-2", 1);
        farm.letPass(Duration.ofSeconds(1));

        start();
        await().until(() -> farm.group().pending() == 1);
        aWholeRound();

        assertThat(farm.group().pending()).isEqualTo(1);
        assertThat(farm.tasks()).extracting(entry -> taskOf(entry).attempts()).containsExactly(0, 1, 1);
    }

    @Test
    void givesUpATaskThatWasLeftBehindTooOften() {
        farm.enqueue(1);
        OrphanPatrol patrol = start();
        for (int attempt = 1; attempt <= 3; attempt++) {
            farm.claimAndDie("worker-" + attempt, 1);
            farm.letPass(IDLE);
            await().until(() -> farm.group().lag() == 1);
        }
        assertThat(taskOf(farm.tasks().getFirst()).attempts()).isEqualTo(3);
        farm.claimAndDie("worker-4", 1);
        farm.letPass(IDLE);

        await().until(farm::isIdle);
        answerOf(farm.on(patrol::stop));

        assertThat(broker.writes()).endsWith(DEAD_LETTERS, ACKNOWLEDGED, DELETED);
        assertThat(farm.deadLetters()).singleElement().satisfies(dead -> {
            assertThat(taskOf(dead).id()).isEqualTo(idOf(0));
            assertThat(taskOf(dead).attempts()).isEqualTo(4);
            assertThat(dead.fields().text("reason")).contains("left behind 4 times");
        });
    }

    @Test
    void unreadableOrphansGoToTheDeadLettersWithTheReason() {
        Fields unreadable = json("{\"kind\":");
        Fields later = json("{\"schema_v\":7}");
        farm.enqueue(unreadable);
        farm.enqueue(later);
        farm.claimAndDie("worker-1", 2);
        farm.letPass(IDLE);

        start();

        await().until(farm::isIdle);
        assertThat(farm.deadLetters()).hasSize(2);
        assertThat(farm.deadLetters().getFirst().fields().bytes(TaskEnvelope.FIELD))
                .contains(unreadable.value(0));
        assertThat(farm.deadLetters().getFirst().fields().text("reason").orElse(""))
                .isNotBlank();
        assertThat(farm.deadLetters().getLast().fields().text("reason"))
                .contains("unsupported type 'task' version '7'");
    }

    @Test
    void settlesAnyNumberOfOrphansInOneRound() {
        int orphans = 60_000;
        farm.enqueue(orphans);
        farm.claimAndDie("worker-1", orphans);
        farm.letPass(IDLE);

        start();

        await().until(() -> farm.group().lag() == orphans);
        await().until(() -> broker.count(TRIMMED) > 0);
        assertThat(farm.group().pending()).isZero();
        assertThat(broker.count(LOOKED)).as("pages of 50").isBetween(1_200L, 1_201L + broker.count(TRIMMED));
        List<TaskEnvelope> again = farm.tasks().stream().map(StubFarm::taskOf).toList();
        assertThat(again).allMatch(task -> task.attempts() == 1);
        assertThat(again)
                .extracting(TaskEnvelope::id)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, orphans).mapToObj(StubFarm::idOf).toList());
    }

    @Test
    void enqueuesNoOrphanTwiceWhenOnlyTheAcknowledgementFailed() {
        farm.enqueue(2);
        farm.claimAndDie("worker-1", 2);
        farm.letPass(IDLE);
        broker.trouble(ACKNOWLEDGED, Trouble.REFUSED, 2);

        start();

        await().until(() -> broker.count(ACKNOWLEDGED) == 3);
        aWholeRound();
        assertThat(farm.tasks()).hasSize(2);
        assertThat(farm.group().pending()).isZero();
        assertThat(broker.count(GIVEN_BACK)).isEqualTo(1);
    }

    @Test
    void keepsOrphansPendingUntilTheyStandInTheTaskStreamAgain() {
        farm.enqueue(2);
        farm.claimAndDie("worker-1", 2);
        farm.letPass(IDLE);
        broker.trouble(GIVEN_BACK, Trouble.REFUSED);

        OrphanPatrol patrol = start();

        await().until(() -> broker.count(GIVEN_BACK) >= 2);
        assertThat(broker.writes()).containsOnly(GIVEN_BACK);
        assertThat(farm.group().pending()).isEqualTo(2);
        assertThat(broker.count(LOOKED)).as("one round at a time").isEqualTo(1);

        answerOf(farm.on(patrol::stop));

        assertThat(broker.writes()).containsOnly(GIVEN_BACK);
        assertThat(farm.group().pending()).as("for another patrol to find").isEqualTo(2);
    }

    @Test
    void trimsTheResultStreamToItsLength() {
        config = config.withResultsKept(2);
        answerOf(farm.connect().append(STREAMS.results(), List.of(json("1"), json("2"), json("3"), json("4"))));

        start();

        await().untilAsserted(() ->
                assertThat(answerOf(farm.connect().length(STREAMS.results()))).isEqualTo(2));
    }

    @Test
    void aBrokenRoundIsFollowedByAnother() {
        farm.enqueue(1);
        farm.claimAndDie("worker-1", 1);
        farm.letPass(IDLE);
        broker.trouble(LOOKED, Trouble.REFUSED, 2);

        start();

        await().until(() -> farm.group().lag() == 1);
        assertThat(broker.count(LOOKED)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void trimsTheResultsEverySecondHoweverRarelyItLooksForOrphans() {
        config = config.withOrphans(IDLE, Duration.ofMinutes(10));

        start();

        await().until(() -> broker.count(TRIMMED) >= 2);
        assertThat(broker.count(LOOKED)).isZero();
    }

    @Test
    void aRoundWithoutTrimmingIsFollowedByAnother() {
        broker.trouble(TRIMMED, Trouble.REFUSED);

        start();

        await().until(() -> broker.count(TRIMMED) >= 3);
        assertThat(broker.writes()).isEmpty();
    }

    @Test
    void stoppingSettlesWhatWasClaimedAndLeavesTheRest() {
        farm.enqueue(120);
        farm.claimAndDie("worker-1", 120);
        farm.letPass(IDLE);
        broker.trouble(LOOKED, Trouble.HELD);
        OrphanPatrol patrol = start();
        await().until(() -> broker.count(LOOKED) == 1);

        Future<Void> stopped = farm.on(patrol::stop);
        assertThat(stopped.isComplete()).isFalse();
        broker.heal();
        answerOf(stopped);

        assertThat(farm.group().lag()).isEqualTo(50);
        assertThat(farm.group().pending()).isEqualTo(70);
        long looks = broker.count(LOOKED);
        assertThat(looks).as("no page more").isEqualTo(1);
    }

    @Test
    void stoppingBetweenRoundsCompletes() {
        OrphanPatrol patrol = start();
        aWholeRound();

        answerOf(farm.on(patrol::stop));

        assertThat(broker.writes()).isEmpty();
    }
}
