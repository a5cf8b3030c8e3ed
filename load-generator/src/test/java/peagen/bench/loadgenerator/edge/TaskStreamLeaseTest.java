package peagen.bench.loadgenerator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static peagen.bench.loadgenerator.Answers.answerOf;
import static peagen.bench.loadgenerator.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.loadgenerator.ForwardingBroker;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

class TaskStreamLeaseTest {

    private static final Duration SHORT = Duration.ofMillis(400);

    private final Vertx vertx = Vertx.vertx();
    private final StubBroker broker = new StubBroker(vertx, new StubRedis());
    private final List<String> lost = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        answerOf(vertx.close());
    }

    private TaskStreamLease lease(StreamBroker on, String producer, String runId, Duration term) {
        return new TaskStreamLease(vertx, on, StreamNames.peagen(), producer, runId, term);
    }

    private TaskStreamLease second() {
        return lease(broker, "generator-2", "run-2", TaskStreamLease.TERM);
    }

    private boolean isRefused(TaskStreamLease lease) {
        return answerOf(lease.tryTake().map(false).otherwise(cause -> cause instanceof TaskStreamTaken));
    }

    @Test
    void oneAtATimeHasItAndTheOtherLearnsWho() {
        TaskStreamLease first = lease(broker, "generator-1", "run-1", TaskStreamLease.TERM);
        answerOf(first.tryTake());
        assertThatThrownBy(() -> answerOf(second().tryTake()))
                .isInstanceOfSatisfying(
                        TaskStreamTaken.class,
                        taken -> assertThat(taken.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE))
                .hasMessageStartingWith("task stream peagen.tasks is taken: generator-1 makes run run-1; ");

        answerOf(first.release());
        await().until(() -> !isRefused(second()));
        assertThat(isRefused(first)).isTrue();
    }

    @Test
    void anotherTaskStreamIsAnothersToTake() {
        answerOf(lease(broker, "generator-1", "run-1", TaskStreamLease.TERM).tryTake());
        answerOf(new TaskStreamLease(vertx, broker, StreamNames.forTasks("other.tasks"), "generator-2", "run-2")
                .tryTake());
    }

    @Test
    void givingBackWhatAnotherHasTakesNothingFromIt() {
        answerOf(second().tryTake());
        answerOf(lease(broker, "generator-1", "run-1", TaskStreamLease.TERM).release());
        assertThat(isRefused(lease(broker, "generator-3", "run-3", TaskStreamLease.TERM)))
                .isTrue();
    }

    @Test
    void oneThatDiesLosesItAfterTheTerm() {
        answerOf(lease(broker, "generator-1", "run-1", SHORT).tryTake());
        assertThat(isRefused(second())).isTrue();
        await().until(() -> !isRefused(second()));
    }

    /** As a run that is started again after its load generator was killed. */
    @Test
    void whoComesAfterOneThatDiedWaitsForTheTerm() {
        answerOf(lease(broker, "generator-1", "run-1", SHORT).tryTake());
        answerOf(lease(broker, "generator-2", "run-2", SHORT).take());
        assertThat(isRefused(lease(broker, "generator-3", "run-3", SHORT))).isTrue();
    }

    @Test
    void whoComesWhileAnotherLivesIsRefusedBeforeTheTerm() {
        TaskStreamLease first = lease(broker, "generator-1", "run-1", SHORT);
        answerOf(first.tryTake());
        vertx.runOnContext(keeping -> first.keep(lost::add));
        assertThatThrownBy(() ->
                        answerOf(lease(broker, "generator-2", "run-2", SHORT).take()))
                .isInstanceOf(TaskStreamTaken.class)
                .hasMessageStartingWith("task stream peagen.tasks is taken: generator-1 makes run run-1; ");
        assertThat(isRefused(second())).isTrue();
    }

    @Test
    void oneThatLivesKeepsItBeyondTheTerm() {
        TaskStreamLease first = lease(broker, "generator-1", "run-1", SHORT);
        answerOf(first.tryTake());
        vertx.runOnContext(keeping -> first.keep(lost::add));
        await().during(SHORT.multipliedBy(3)).until(() -> isRefused(second()));
        assertThat(lost).isEmpty();
    }

    @Test
    void oneThatCouldNotWriteForATermIsToldWhoHasIt() {
        AtomicBoolean cut = new AtomicBoolean();
        TaskStreamLease first = lease(
                new ForwardingBroker(broker) {
                    @Override
                    protected <T> Future<T> call(String operation, String stream, Call<T> call) {
                        return cut.get()
                                ? Future.failedFuture(new BrokerException(Reason.UNREACHABLE, "cut"))
                                : super.call(operation, stream, call);
                    }
                },
                "generator-1",
                "run-1",
                SHORT);
        answerOf(first.tryTake());
        cut.set(true);
        vertx.runOnContext(keeping -> first.keep(lost::add));
        await().until(() -> !isRefused(second()));
        assertThat(lost).isEmpty();
        cut.set(false);
        await().until(() -> !lost.isEmpty());
        assertThat(lost).singleElement().asString().contains("generator-2 makes run run-2");
    }
}
