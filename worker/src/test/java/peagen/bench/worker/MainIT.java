package peagen.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.worker.StubFarm.STREAMS;
import static peagen.bench.worker.StubFarm.answerOf;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.service.launch.ExitCode;
import peagen.bench.service.launch.Launcher;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.redis.EmbeddedRedis;
import peagen.bench.streams.redis.RedisBroker;

/** The program as a user starts and stops it, on a real Redis. */
class MainIT {

    private final EmbeddedRedis redis = EmbeddedRedis.start();
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedProcess process = new ScriptedProcess();
    private StreamBroker observer;

    @BeforeEach
    void connect() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        observer = answerOf(RedisBroker.connect(vertx, redis.address()));
    }

    @AfterEach
    void stopRedis() {
        answerOf(vertx.close());
        redis.close();
    }

    private CompletableFuture<ExitCode> launch(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--redis=" + redis.address().reveal();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CompletableFuture<ExitCode> ended = new CompletableFuture<>();
        Thread.ofPlatform().name("main").start(() -> ended.complete(new Launcher(process).launch(new Main(), all)));
        await().until(() -> process.complained().contains("claims from peagen.tasks"));
        return ended;
    }

    private void enqueue(int count) {
        List<Fields> tasks = LongStream.range(0, count).mapToObj(StubFarm::task).toList();
        answerOf(observer.append(STREAMS.tasks(), tasks));
    }

    private long results() {
        return answerOf(observer.length(STREAMS.results()));
    }

    private GroupInfo group() {
        return answerOf(observer.groupInfo(STREAMS.tasks(), STREAMS.group()));
    }

    @Test
    void worksUntilItIsAskedToStopAndLeavesNothingPending() throws Exception {
        enqueue(3_000);
        CompletableFuture<ExitCode> ended = launch(
                "--consumer=w-1",
                "--claim-batch=16",
                "--concurrency=64",
                "--handler=exponential",
                "--service-time=20ms");
        await().until(() -> results() > 200);

        process.terminate();

        assertThat(ended.get(60, TimeUnit.SECONDS)).as("cut short by a signal").isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(process.complained()).contains("claims from peagen.tasks as w-1", "stopping");
        GroupInfo group = group();
        assertThat(group.pending()).isZero();
        assertThat(group.lag()).as("the rest waits for the next worker").isEqualTo(3_000 - results());
        assertThat(answerOf(observer.length(STREAMS.tasks()))).isEqualTo(group.lag());
    }

    @Test
    void finishesWhatAKilledWorkerHadInHand() throws Exception {
        answerOf(observer.createGroup(STREAMS.tasks(), STREAMS.group(), EntryId.MIN));
        enqueue(120);
        answerOf(observer.readGroup(new GroupRead(STREAMS.tasks(), STREAMS.group(), "killed", 120, Duration.ZERO)));

        CompletableFuture<ExitCode> ended =
                launch("--claim-batch=16", "--concurrency=64", "--orphan-idle=100ms", "--orphan-every=50ms");

        await().until(() -> results() == 120 && group().pending() == 0);
        process.terminate();
        ended.get(60, TimeUnit.SECONDS);
        assertThat(answerOf(observer.length(STREAMS.tasks()))).isZero();
        assertThat(results()).isEqualTo(120);
    }

    @Test
    void goesOnAfterRedisWasAway() throws Exception {
        CompletableFuture<ExitCode> ended = launch("--claim-batch=16", "--concurrency=64");
        enqueue(10);
        await().until(() -> results() == 10);

        redis.kill();
        redis.restart();
        enqueue(20);

        await().until(() -> results() == 20 && group().pending() == 0);
        process.terminate();
        ended.get(60, TimeUnit.SECONDS);
    }
}
