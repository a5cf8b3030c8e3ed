package peagen.bench.probeagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.event.TaskEvent.Observation;
import peagen.bench.contract.event.TaskEvent.TasksObserved;
import peagen.bench.measurement.schedule.Handling;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.ServiceLink;
import peagen.bench.worker.Worker;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.domain.SyntheticHandler;

/** The reference worker on a real Redis, seen by the probe in its own process. */
class ProbedWorkerIT {

    private static final StreamNames STREAMS = StreamNames.peagen();
    private static final String RUN = "run-1";
    private static final int TASKS = 5_000;

    @Test
    void seesEveryTaskOfARunClaimedOnceAndEndedOnce() {
        Vertx vertx = Vertx.vertx();
        BrokerSource source = answerOf(Brokers.open(vertx, new BrokerAddress.Embedded()));
        try {
            StreamBroker observer = answerOf(source.connect());
            ServiceLink link = answerOf(ServiceLink.open(vertx, source, "probe"));
            InProcessProbe probe =
                    new InProcessProbe(vertx, answerOf(source.connect()), link.broker(), STREAMS, link.producer());
            SyntheticHandler handler =
                    new SyntheticHandler(Handling.EXPONENTIAL.times(Duration.ofMillis(1), 1), 0.1, 1);
            WorkerConfig config = WorkerConfig.farmDefaults(STREAMS, "worker-1").withBatches(64, 512);
            List<Fields> tasks = new ArrayList<>(IntStream.range(0, TASKS)
                    .mapToObj(i -> Seen.task(RUN, i, 0))
                    .toList());
            tasks.add(Fields.of("data", new byte[] {'x'}));
            answerOf(observer.append(STREAMS.tasks(), tasks));
            long startMicros = answerOf(observer.serverTimeMicros());

            String worker = answerOf(vertx.deployVerticle(new Worker(vertx, probe.broker(), config, handler)));
            await().atMost(Duration.ofSeconds(60)).until(() -> answerOf(observer.length(STREAMS.results())) >= TASKS);
            answerOf(vertx.undeploy(worker));
            answerOf(probe.close(Duration.ofSeconds(20)));
            long endMicros = answerOf(observer.serverTimeMicros());

            List<StreamEntry> entries = answerOf(observer.range(STREAMS.events(), EntryId.MIN, EntryId.MAX, 1_000_000));
            List<TasksObserved> events = entries.stream().flatMap(Seen::batches).toList();
            List<Seen> rows = events.stream().flatMap(Seen::rows).toList();
            Set<Long> all = new HashSet<>(LongStream.range(0, TASKS).boxed().toList());
            assertThat(rows).hasSize(3 * TASKS);
            assertThat(sequences(rows, Observation.CLAIMED)).hasSize(TASKS).hasSameElementsAs(all);
            assertThat(sequences(rows, Observation.EXECUTED)).hasSize(TASKS).hasSameElementsAs(all);
            List<Long> ended = new ArrayList<>(sequences(rows, Observation.COMPLETED));
            List<Long> failed = sequences(rows, Observation.FAILED);
            ended.addAll(failed);
            assertThat(ended).hasSize(TASKS).hasSameElementsAs(all);
            assertThat(failed).as("a tenth, within 5 standard deviations").hasSizeBetween(394, 606);
            assertThat(rows).allMatch(row -> row.delivery() == 1 && row.run().equals(RUN));
            // ServerClock may be off by half a round trip, far less than this
            assertThat(rows)
                    .allMatch(row -> row.claimed() <= row.seen()
                            && row.claimed() > startMicros - 100_000
                            && row.seen() < endMicros + 100_000);
            assertThat(entries)
                    .extracting(entry -> entry.fields().text("seq").orElse(""))
                    .containsExactlyElementsOf(LongStream.range(0, entries.size())
                            .mapToObj(Long::toString)
                            .toList());
            assertThat(probe.watch().inHand()).isZero();
            assertThat(probe.watch().unreadable()).isEqualTo(1);
            assertThat(probe.dropped()).isZero();
            assertThat(answerOf(observer.length(STREAMS.deadLetters()))).isEqualTo(1);
            assertThat(answerOf(observer.length(STREAMS.tasks()))).isZero();
            answerOf(link.close());
        } finally {
            answerOf(source.close());
            answerOf(vertx.close());
        }
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
