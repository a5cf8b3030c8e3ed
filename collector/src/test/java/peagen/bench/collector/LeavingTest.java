package peagen.bench.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.collector.Answers.answerOf;
import static peagen.bench.collector.Answers.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import peagen.bench.collector.FaultyBroker.Fate;
import peagen.bench.collector.World.Live;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunEvents;

/** What a collector still does when it is asked to leave. */
@Execution(ExecutionMode.CONCURRENT)
class LeavingTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final World world = new World();

    /** Commits what it holds when it leaves, and not before. */
    private final CollectorConfig patient = new CollectorConfig(
            world.streams, "c1", 16, Duration.ofMillis(300), NEVER, 1_000_000, 250_000, Duration.ofSeconds(15), NEVER);

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void commitsWhatItHasReadBeforeItLeaves() {
        Live collector = world.collector(patient, world.connect(), Optional.empty());
        world.happen(Events.enqueued("a", 0, 10), Events.completed("a", 0, 10));
        world.stop(collector);
        assertThat(world.group().pending()).isZero();
        world.assertExact();
        assertThat(control()).containsExactly("started collector", "stopped collector");
    }

    private List<String> control() {
        return world.entries(StreamNames.CONTROL).stream()
                .map(entry -> RunEvents.decode(entry.fields()))
                .map(event -> switch (event) {
                    case Decoded.Known<RunEvent>(RunEvent.ServiceStarted started) -> "started " + started.service();
                    case Decoded.Known<RunEvent>(RunEvent.ServiceStopped stopped) -> "stopped " + stopped.service();
                    default -> "something else";
                })
                .toList();
    }

    /** It used to read on for as long as there was something to read. */
    @Test
    void leavesEvenWhenTheStreamIsNeverQuiet() {
        Live collector = world.collector("c1");
        long rain = world.vertx.setPeriodic(1, drop -> {
            List<Fields> shower = List.of(Events.enqueued("a", drop, 1), Events.enqueued("b", drop, 1));
            world.broker.append(world.streams.events(), shower);
        });
        await().until(() -> !collector.broker().commits.isEmpty());
        Future<Void> left = world.vertx.undeploy(collector.deployment());
        await().until(left::isComplete);
        world.vertx.cancelTimer(rain);
        assertThat(world.group().pending()).isZero();
    }

    @Test
    void leavesWithoutRedisAfterAWhileAndSaysWhy() {
        Live collector = world.collector("c1");
        collector.broker().fate((operation, stream) -> Fate.REFUSED);
        await().until(() -> collector.calls("pending") > 1);
        Future<Void> left = world.vertx.undeploy(collector.deployment());
        world.forward(Duration.ofSeconds(3));
        assertThatThrownBy(() -> answerOf(left)).hasMessageContaining("connection broken");
    }

    @Test
    void givesUpNothingWhenRedisIsAwayForAMomentWhileItLeaves() {
        FaultyBroker connection = world.connect().next(1, "commit", Fate.REFUSED);
        Live collector = world.collector(patient, connection, Optional.empty());
        world.happen(Events.enqueued("a", 0, 10));
        world.stop(collector);
        assertThat(collector.calls("commit")).isEqualTo(2);
        world.assertExact();
    }
}
