package peagen.bench.loadgenerator.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.loadgenerator.Answers.await;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {

    private final Backlog backlog = new Backlog(10);

    @Test
    void hasRoomForAsManyAsMayBeUnfinished() {
        assertThat(backlog.room()).isEqualTo(10);
        backlog.sent(4);
        assertThat(backlog.room()).isEqualTo(6);
        backlog.seen(4, 1);
        assertThat(backlog.room()).isEqualTo(9);
    }

    @Test
    void neverHasLessThanNoRoom() {
        backlog.sent(25);
        assertThat(backlog.room()).isZero();
    }

    @Test
    void believesTheBetterNewsWhenLooksOvertakeEachOther() {
        backlog.sent(10);
        backlog.seen(10, 2);
        backlog.seen(10, 7);
        assertThat(backlog.room()).isEqualTo(8);
    }

    @Test
    void isNotMadeWiderByTasksOfOthers() {
        backlog.sent(2);
        backlog.seen(2, 500);
        assertThat(backlog.room()).isEqualTo(8);
    }

    @Test
    void waitsUntilThereIsRoom() {
        backlog.sent(10);
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                backlog.await(20_000);
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        assertThat(waiting).isNotDone();
        backlog.seen(10, 9);
        await().until(waiting::isDone);
    }

    /** Looks tell of the past: whatever happened since, no more than the limit is ever unfinished. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverLetsMoreBeUnfinishedThanItsLimit(long seed) {
        Random random = new Random(seed);
        long sent = 0;
        long answered = 0;
        long finished = 0;
        for (int step = 0; step < 10_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    int tasks = Math.min(backlog.room(), random.nextInt(8));
                    backlog.sent(tasks);
                    sent += tasks;
                }
                case 1 -> answered += random.nextLong(sent - answered + 1);
                case 2 -> finished += random.nextLong(answered - finished + 1);
                default -> backlog.seen(answered, answered - finished);
            }
            assertThat(sent - finished).isLessThanOrEqualTo(10);
        }
        assertThat(finished).isGreaterThan(100);
    }
}
