package peagen.bench.loadgenerator.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.loadgenerator.Answers.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.Phase;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.loadgenerator.ForwardingBroker;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.measurement.schedule.TaskMix;

class SenderTest {

    private final Bench bench = new Bench();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final List<Promise<List<EntryId>>> unanswered = new CopyOnWriteArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Takes everything and answers when the test does. */
    private final ForwardingBroker silent = new ForwardingBroker(bench.broker) {
        @Override
        public Future<List<EntryId>> append(String stream, List<Fields> entries) {
            batches.add(entries.size());
            Promise<List<EntryId>> answer = Promise.promise();
            unanswered.add(answer);
            return answer.future();
        }
    };

    @AfterEach
    void end() {
        bench.close();
    }

    private Sender sender(int payloadBytes) {
        Schedule schedule =
                new Schedule(new LoadShape.Idle(), new Phases(0, 1, 0), TaskMix.single("execute", payloadBytes), 1);
        return bench.sender(silent, schedule, () -> 5_000_000, stopped::get);
    }

    private static void add(Sender sender, int tasks) throws InterruptedException {
        for (int task = 0; task < tasks; task++) {
            sender.add(task, 4_000_000, Phase.STEADY);
        }
    }

    @Test
    void sendsAFullBatchByItself() throws InterruptedException {
        Sender sender = sender(10);
        add(sender, 600);
        assertThat(batches).containsExactly(Sender.TASKS_PER_BATCH, Sender.TASKS_PER_BATCH);
        sender.send();
        sender.send();
        assertThat(batches).containsExactly(256, 256, 88);
    }

    /** Batches of 256 tasks of 16 MiB, sixteen of them in flight, fit into no memory. */
    @Test
    void makesSmallBatchesOfLargeTasks() throws InterruptedException {
        Sender sender = sender(300_000);
        add(sender, 9);
        assertThat(batches).containsExactly(4, 4);
        assertThat(4 * 300_000).isGreaterThan(Sender.BYTES_PER_BATCH);
    }

    @Test
    void reportsABatchOnlyWhenItWasAnswered() throws InterruptedException {
        Sender sender = sender(10);
        add(sender, 3);
        sender.send();
        assertThat(sender.enqueued()).isZero();
        assertThat(bench.reports).isEmpty();
        unanswered.get(0).complete(List.of());
        assertThat(sender.enqueued()).isEqualTo(3);
        assertThat(bench.sent()).extracting(Bench.Sent::sequence).containsExactly(0L, 1L, 2L);
        assertThat(bench.sent()).extracting(Bench.Sent::delay).containsOnly(1_000_000L);
    }

    @Test
    void waitsForAnswersWhenAsManyBatchesAsAllowedAreInFlight() throws InterruptedException {
        Sender sender = sender(10);
        CompletableFuture<Void> pacing = CompletableFuture.runAsync(() -> addOneByOne(sender, 20));
        await().until(() -> batches.size() == Sender.BATCHES_IN_FLIGHT);
        await().during(Duration.ofMillis(150)).until(() -> batches.size() == Sender.BATCHES_IN_FLIGHT);
        unanswered.forEach(answer -> answer.complete(List.of()));
        await().until(pacing::isDone);
        assertThat(batches).hasSize(20);
    }

    private static void addOneByOne(Sender sender, int tasks) {
        try {
            for (int task = 0; task < tasks; task++) {
                sender.add(task, 1, Phase.STEADY);
                sender.send();
            }
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** A server that does not answer used to keep a run from being interrupted. */
    @Test
    void doesNotWaitForAnswersOnceTheRunIsStopped() {
        Sender sender = sender(10);
        CompletableFuture<Void> pacing = CompletableFuture.runAsync(() -> addOneByOne(sender, 20));
        await().until(() -> batches.size() == Sender.BATCHES_IN_FLIGHT);
        stopped.set(true);
        await().until(pacing::isDone);
        assertThat(batches).hasSize(Sender.BATCHES_IN_FLIGHT);
    }

    /** Tasks of which nobody knows whether they were taken used to pass for a complete run. */
    @Test
    void countsABatchThatIsNeverAnsweredAsRefused() throws InterruptedException {
        Sender sender = sender(10);
        add(sender, 3);
        sender.send();
        sender.awaitAnswers(Duration.ofMillis(20));
        assertThat(sender.failure()).contains("no answer for some of them within 20 ms");
    }

    /** A failure without a message used to pass for none. */
    @Test
    void hasFailedEvenWhenTheFailureSaysNothing() throws InterruptedException {
        Sender sender = sender(10);
        add(sender, 1);
        sender.send();
        unanswered.get(0).fail(new IllegalStateException());
        assertThat(sender.failure()).contains("java.lang.IllegalStateException");
        sender.awaitAnswers();
        assertThat(sender.enqueued()).isZero();
    }

    @Test
    void keepsTheFirstOfSeveralFailures() throws InterruptedException {
        Sender sender = sender(10);
        add(sender, 1);
        sender.send();
        add(sender, 1);
        sender.send();
        unanswered.get(1).fail("first");
        unanswered.get(0).fail("second");
        assertThat(sender.failure()).contains("first");
    }
}
