package peagen.bench.collector;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import peagen.bench.collector.edge.QueueGauges;
import peagen.bench.collector.edge.QueueRoutes;
import peagen.bench.collector.edge.QueueWatch;
import peagen.bench.contract.StreamNames;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.Metrics;
import peagen.bench.service.http.OperationsServer;
import peagen.bench.service.http.ServedRegistry;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.launch.ServiceProgram;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.outbox.ServiceLink;

/** A collector as a process of its own. */
public final class Main implements ServiceProgram {

    private static final Setting<RedisAddress> REDIS = Setting.of(
            "redis",
            "the Redis server that holds the events",
            Syntax.of("URL", BrokerAddress.EXPECTED_SERVER, BrokerAddress::server, RedisAddress::reveal)
                    .hidden());
    private static final Setting<String> TASK_STREAM = Setting.of(
                    "task-stream", "the task stream whose events are collected", Syntax.text())
            .defaultsTo(StreamNames.peagen().tasks());
    private static final Setting<Optional<Path>> RAW = Setting.optional(
            "raw",
            "directory for the raw record, DIR/<run>/metrics-0001.jsonl.gz …; one collector at most",
            Syntax.path());
    private static final Setting<Long> RAW_ROTATE = Setting.of(
                    "raw-rotate",
                    "how large a file of the raw record becomes before it is compressed and the next begins, about",
                    Syntax.size(4 << 10, 1L << 40))
            .defaultsTo(RawRecordConfig.ROTATE_BYTES);
    private static final Setting<Boolean> RAW_TASKS = Setting.of(
                    "raw-tasks",
                    "keep a line for every task that ended, too, DIR/<run>/tasks-0001.jsonl.gz …",
                    Syntax.flag())
            .defaultsTo(false);
    private static final Setting<Duration> POLL = Setting.of(
                    "poll",
                    "how often the streams are looked at for /queue and the gauges; older than three times this is not"
                            + " shown",
                    Syntax.duration(Duration.ofMillis(100), Duration.ofHours(1)))
            .defaultsTo(Duration.ofSeconds(5));
    /** Redis has ten seconds to answer; a collector that had no answer for longer does not get on. */
    private static final Duration READING = Duration.ofSeconds(12);

    private static final Setting<Optional<HostPort>> HTTP = OperationsServer.setting(9464);

    /** The program's way in. */
    public static void main(String[] args) {
        Launcher.run(new Main(), args);
    }

    @Override
    public SettingsSpec spec() {
        return SettingsSpec.of("collector", "Folds task events into mergeable deltas, exactly once.")
                .with(REDIS, TASK_STREAM, RAW, RAW_ROTATE, RAW_TASKS, POLL, HTTP)
                .example(
                        "collector --redis redis://127.0.0.1:6379 --raw runs",
                        "collects, and keeps runs/<run>/metrics-0001.jsonl.gz …");
    }

    @Override
    public Future<RunningService> start(Vertx vertx, Settings settings) {
        ServedRegistry registry = Metrics.registryWithJvm();
        StreamNames streams = StreamNames.forTasks(settings.get(TASK_STREAM));
        return Brokers.open(vertx, settings.get(REDIS))
                .compose(source -> ServiceLink.open(vertx, source, Collector.SERVICE))
                .compose(link -> {
                    Collector collector = new Collector(
                            link.broker(),
                            CollectorConfig.defaults(streams, link.producer().name()),
                            link.producer(),
                            registry,
                            settings.get(RAW)
                                    .map(directory -> new RawRecordConfig(
                                            directory, settings.get(RAW_ROTATE), settings.get(RAW_TASKS))));
                    Health health = new Health()
                            .register("reading", () -> collector.readsWithin(READING))
                            .register(
                                    "redis",
                                    () -> link.broker().serverTimeMicros().mapEmpty());
                    QueueWatch watch =
                            new QueueWatch(link.broker(), streams, settings.get(POLL), registry, System::nanoTime);
                    QueueGauges.show(watch, registry);
                    return vertx.deployVerticle(collector)
                            .compose(deployment -> vertx.deployVerticle(watch)
                                    .compose(watching -> OperationsServer.start(
                                                    vertx,
                                                    settings.get(HTTP),
                                                    health,
                                                    registry,
                                                    router -> QueueRoutes.addTo(router, watch))
                                            .map(http -> running(
                                                    () -> vertx.undeploy(watching)
                                                            .eventually(() -> vertx.undeploy(deployment)),
                                                    http,
                                                    registry,
                                                    link,
                                                    streams)))
                                    .recover(cannotServe -> vertx.undeploy(deployment)
                                            .transform(left -> Future.failedFuture(cannotServe))));
                });
    }

    private static RunningService running(
            Supplier<Future<Void>> undeploy,
            OperationsServer http,
            ServedRegistry registry,
            ServiceLink link,
            StreamNames streams) {
        return new RunningService() {
            @Override
            public Future<Void> stop() {
                return undeploy.get()
                        .eventually(http::stop)
                        .eventually(link::close)
                        .onComplete(stopped -> registry.close());
            }

            @Override
            public String announcement() {
                return "collects from " + streams.events()
                        + http.url("/metrics").map(url -> ", metrics on " + url).orElse("");
            }
        };
    }
}
