package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.collector.Answers.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.World.Live;

/** What a collector takes over, from itself or from others, and what it leaves to them. */
@Execution(ExecutionMode.CONCURRENT)
class TakingOverTest {

    private final World world = new World();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void resumesWhatItHeldWhenItWasKilled() {
        world.happen(Events.enqueued("a", 0, 10), Events.completed("a", 0, 10));
        world.readAndHold("c1", 10);
        world.happen(Events.enqueued("a", 10, 10));
        world.collector("c1");
        world.awaitCommitted();
        world.assertExact();
    }

    @Test
    void leavesOthersTheirEntriesUntilTheyAreStale() {
        world.happen(Events.enqueued("a", 0, 10));
        world.readAndHold("dead", 10);
        world.happen(Events.enqueued("a", 10, 10));
        Live collector = world.collector("c1");
        await().until(() ->
                collector.calls("claimStale") > 0 && !collector.broker().commits.isEmpty());
        assertThat(world.group().pending()).isEqualTo(1);
        world.forward(Duration.ofSeconds(16));
        world.awaitCommitted();
        world.assertExact();
    }

    @Test
    void takesOverMoreThanOnePageOfStaleEntriesAtOnce() {
        for (int i = 0; i < 60; i++) {
            world.happen(Events.enqueued("a", i, 1));
        }
        world.readAndHold("dead", 60);
        world.forward(Duration.ofSeconds(16));
        Live collector = world.collector("c1");
        world.awaitCommitted();
        world.assertExact();
        List<String> calls = List.copyOf(collector.broker().calls);
        int firstRound = calls.indexOf("groupInfo " + world.streams.events());
        int secondRound = calls.subList(firstRound + 1, calls.size()).indexOf("groupInfo " + world.streams.events());
        List<String> round = calls.subList(firstRound, secondRound < 0 ? calls.size() : firstRound + 1 + secondRound);
        assertThat(round.stream().filter(call -> call.startsWith("claimStale"))).hasSize(4);
    }

    /** Somebody else may claim them at any moment: only a claim decides whose they are. */
    @Test
    void leavesItsOwnEntriesToTheNextClaimWhenTheyAreAlmostStale() {
        world.happen(Events.enqueued("a", 0, 10));
        world.readAndHold("c1", 10);
        world.forward(Duration.ofSeconds(10));
        world.happen(Events.enqueued("a", 10, 10));
        Live collector = world.collector("c1");
        await().until(() -> world.group().lag() == 0 && world.group().pending() == 1);
        assertThat(collector.broker().commits)
                .allSatisfy(
                        commit -> assertThat(commit.acknowledges().get(0).ids()).hasSize(1));
        world.forward(Duration.ofSeconds(6));
        world.awaitCommitted();
        world.assertExact();
    }

    /** It used to forget what it had taken over while a commit was on its way, until that went stale again. */
    @Test
    void commitsWhatItTookOverWhileACommitWasOnItsWay() {
        world.happen(Events.enqueued("a", 0, 10));
        world.readAndHold("dead", 10);
        FaultyBroker connection = world.connect().next(1, "commit", Fate.HELD);
        world.happen(Events.enqueued("a", 10, 10));
        Live collector = world.collector(world.config("c1"), connection, Optional.empty());
        await().until(() -> connection.holding() == 1);
        world.forward(Duration.ofSeconds(16));
        await().until(() -> collector.broker().calls.stream()
                .anyMatch(call -> call.startsWith("claimStale") && world.group().pending() == 1));
        connection.release();
        world.awaitCommitted();
        world.assertExact();
        assertThat(world.registry.get("bench_event_entries").counter().count()).isEqualTo(2);
    }

    /** A suspended process comes back with a fold that somebody else has committed meanwhile. */
    @Test
    void givesUpAFoldThatOthersMayHaveTakenOver() {
        CollectorConfig slow = new CollectorConfig(
                world.streams,
                "slow",
                16,
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                1_000,
                250_000,
                Duration.ofSeconds(15),
                Duration.ofHours(1));
        FaultyBroker connection = world.connect()
                .fate((operation, stream) -> operation.equals("claimStale") ? Fate.REFUSED : Fate.SERVED);
        Live suspended = world.collector(slow, connection, Optional.empty());
        world.happen(Events.enqueued("a", 0, 10));
        await().until(() -> world.group().pending() == 1);
        world.forward(Duration.ofSeconds(20));
        Live rival = world.collector("rival");
        world.awaitCommitted();
        world.stop(rival);
        world.happen(Events.enqueued("a", 10, 10));
        world.awaitCommitted();
        world.assertExact();
        assertThat(rival.broker().commits).hasSize(1);
        assertThat(suspended.broker().commits).hasSize(1);
    }
}
