package peagen.bench.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictJson;
import peagen.bench.gatekeeper.domain.Patience;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.outbox.Producer;

/** A gatekeeper on a broker, and what the suites ask of both. */
abstract class GatekeeperContract {

    static final Duration NEVER = Duration.ofHours(1);
    static final Fields GARBAGE = Fields.builder().put("foo", "bar").build();

    final StreamNames streams = StreamNames.peagen();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SampleRun run = new SampleRun("run-1", "smoke", nowMicros());
    Vertx vertx;
    StreamBroker broker;

    private Server server;

    /** Starts a fresh server. */
    abstract Server start();

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        server = start();
        broker = server.connect(vertx);
    }

    @AfterEach
    void close() {
        answerOf(broker.close());
        server.close();
        answerOf(vertx.close());
    }

    GatekeeperConfig config(String consumer) {
        Patience brief = new Patience(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofMinutes(2), 4096);
        return new GatekeeperConfig(
                streams, consumer, 128, Duration.ofMillis(100), brief, Duration.ofMillis(200), NEVER);
    }

    Gatekeeper gatekeeper(StreamBroker on, GatekeeperConfig config) {
        Producer producer = new Producer(Producer.uniqueName("gatekeeper"), GatekeeperContract::nowMicros, () -> 0);
        return new Gatekeeper(on, config, producer, GateFiles.shipped(), registry);
    }

    String deploy(GatekeeperConfig config) {
        return deploy(broker, config);
    }

    String deploy(StreamBroker on, GatekeeperConfig config) {
        return answerOf(vertx.deployVerticle(gatekeeper(on, config)));
    }

    /** The broker, except that {@code operation} fails as long as {@code broken} says so. */
    StreamBroker failing(AtomicBoolean broken, String operation) {
        return answering(broken, operation, () -> Future.failedFuture("broken for the test"));
    }

    /** The broker, except that {@code operation} comes to {@code answer} as long as {@code instead} says so. */
    StreamBroker answering(AtomicBoolean instead, String operation, Supplier<Future<?>> answer) {
        return (StreamBroker) Proxy.newProxyInstance(
                StreamBroker.class.getClassLoader(),
                new Class<?>[] {StreamBroker.class},
                (proxy, method, arguments) -> {
                    if (instead.get() && method.getName().equals(operation)) {
                        return answer.get();
                    }
                    try {
                        return method.invoke(broker, arguments);
                    } catch (InvocationTargetException raised) {
                        throw raised.getCause();
                    }
                });
    }

    void control(Fields entry) {
        answerOf(broker.append(StreamNames.CONTROL, entry));
    }

    void metrics(Fields entry) {
        answerOf(broker.append(streams.metrics(), entry));
    }

    long pending(String stream) {
        return answerOf(broker.groupInfo(stream, GatekeeperConfig.GROUP)).pending();
    }

    void awaitNothingPending() {
        patiently().untilAsserted(() -> {
            assertThat(pending(StreamNames.CONTROL)).isZero();
            assertThat(pending(streams.metrics())).isZero();
        });
    }

    List<Verdict> awaitVerdicts(int count) {
        patiently().until(this::verdicts, (Predicate<List<Verdict>>) verdicts -> verdicts.size() >= count);
        return verdicts();
    }

    List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (Fields fields : entries(StreamNames.VERDICTS)) {
            if (VerdictJson.decode(fields) instanceof Decoded.Known<Verdict>(Verdict verdict)) {
                verdicts.add(verdict);
            }
        }
        return verdicts;
    }

    List<Fields> entries(String stream) {
        return answerOf(broker.range(stream, EntryId.MIN, EntryId.MAX, 1000)).stream()
                .map(StreamEntry::fields)
                .toList();
    }

    double judged(String state) {
        return registry.get("bench.gatekeeper.runs.judged")
                .tag("state", state)
                .counter()
                .count();
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
    }

    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static <T> T answerOf(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
