package peagen.bench.gatekeeper;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import peagen.bench.contract.StreamNames;
import peagen.bench.gatekeeper.edge.GateFiles;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.Metrics;
import peagen.bench.service.http.OperationsServer;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.launch.ServiceProgram;
import peagen.bench.service.settings.Setting;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.service.syntax.HostPort;
import peagen.bench.service.syntax.Syntax;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.RedisAddress;
import peagen.bench.streams.outbox.ServiceLink;

/** A gatekeeper as a process of its own. */
public final class Main implements ServiceProgram {

    private static final Setting<BrokerAddress> REDIS = Setting.of(
            "redis",
            "the Redis server that holds the runs",
            Syntax.of("URL", BrokerAddress.EXPECTED_SERVER, Main::address, Main::written)
                    .hidden());
    private static final Setting<String> TASK_STREAM = Setting.of(
                    "task-stream", "the task stream whose runs are judged", Syntax.text())
            .defaultsTo(StreamNames.peagen().tasks());
    private static final Setting<Optional<Path>> GATES = Setting.optional(
            "gates",
            "directory of gate files NAME.toml, looked at before those that come with the suite",
            Syntax.path());
    private static final Setting<Duration> LATE_WINDOW = Setting.of(
                    "late-window",
                    "how long after its verdict a run is judged anew when events come late; 0s for never",
                    Syntax.duration(Duration.ZERO, Duration.ofHours(1)))
            .defaultsTo(Duration.ofMinutes(1));
    private static final Setting<Optional<HostPort>> HTTP = OperationsServer.setting(9465);

    /** The program's way in. */
    public static void main(String[] args) {
        Launcher.run(new Main(), args);
    }

    @Override
    public SettingsSpec spec() {
        SettingsSpec own = SettingsSpec.of("gatekeeper", "Judges runs: folds their events and deltas into verdicts.")
                .with(REDIS, TASK_STREAM, GATES, LATE_WINDOW, HTTP);
        return AccessSettings.addedTo(GithubSettings.addedTo(StoreSettings.addedTo(own)))
                .rule(Main::needsServer)
                .rule(settings -> gates(settings).problems())
                .example("gatekeeper --redis redis://127.0.0.1:6379", "judges every run on that server");
    }

    private static Optional<BrokerAddress> address(String text) {
        try {
            return Optional.of(BrokerAddress.parse(text));
        } catch (BrokerException notAnAddress) {
            return Optional.empty();
        }
    }

    private static String written(BrokerAddress address) {
        return address instanceof RedisAddress redis ? redis.reveal() : address.toString();
    }

    private static List<String> needsServer(Settings settings) {
        BrokerAddress address = settings.get(REDIS);
        return address instanceof RedisAddress
                ? List.of()
                : List.of(
                        "redis: got '%s', which only one process can reach, expected %s; 'bench run' starts all in one"
                                .formatted(address, BrokerAddress.EXPECTED_SERVER));
    }

    private static GateFiles gates(Settings settings) {
        return settings.get(GATES).map(GateFiles::in).orElseGet(GateFiles::shipped);
    }

    @Override
    public Future<RunningService> start(Vertx vertx, Settings settings) {
        PrometheusMeterRegistry registry = Metrics.registryWithJvm();
        HttpFront front = HttpFront.of(
                vertx,
                settings.get(HTTP),
                AccessSettings.tls(settings),
                registry,
                gates(settings),
                StoreSettings.isOn(settings));
        return StoreSettings.open(vertx, settings)
                .compose(store -> started(vertx, settings, front, store)
                        .recover(cause ->
                                StoreSettings.close(vertx, store).transform(closed -> Future.failedFuture(cause))));
    }

    private static Future<RunningService> started(
            Vertx vertx, Settings settings, HttpFront front, Optional<StoreConfig> store) {
        StreamNames streams = StreamNames.forTasks(settings.get(TASK_STREAM));
        return Brokers.open(vertx, settings.get(REDIS))
                .compose(source -> ServiceLink.open(vertx, source, Gatekeeper.SERVICE)
                        .compose(link -> {
                            // One name for all processes that follow one another: each goes on where the last one was.
                            Gatekeeper gatekeeper = new Gatekeeper(
                                    link.broker(),
                                    GatekeeperConfig.defaults(streams, Gatekeeper.SERVICE)
                                            .withLateWindow(settings.get(LATE_WINDOW)),
                                    link.producer(),
                                    front.gates(),
                                    front.registry(),
                                    store);
                            Ending ending = new Ending(vertx, link, source, store);
                            // The gatekeeper first: what is deployed after it gets the next event loop.
                            return vertx.deployVerticle(gatekeeper)
                                    .compose(deployment -> front.open(
                                                    vertx,
                                                    AccessSettings.rules(settings, HTTP),
                                                    health(gatekeeper, link, store),
                                                    link,
                                                    store)
                                            .map(http -> running(deployment, http, ending, streams)));
                        }));
    }

    private static Health health(Gatekeeper gatekeeper, ServiceLink link, Optional<StoreConfig> store) {
        Health health = new Health()
                .registerCondition("reading", gatekeeper::isReady)
                .register("redis", () -> link.broker().serverTimeMicros().mapEmpty());
        return store.map(kept -> health.register(
                        "store",
                        () -> gatekeeper
                                .storeTrouble()
                                .<Future<Void>>map(Future::failedFuture)
                                .orElseGet(Future::succeededFuture)))
                .orElse(health);
    }

    /** What is closed when the gatekeeper has left. */
    private record Ending(Vertx vertx, ServiceLink link, BrokerSource source, Optional<StoreConfig> store) {}

    private static RunningService running(String deployment, HttpFront.Open http, Ending ending, StreamNames streams) {
        return new RunningService() {
            @Override
            public Future<Void> stop() {
                return http.stop()
                        .eventually(() -> ending.vertx().undeploy(deployment))
                        .eventually(ending.link()::close)
                        .eventually(ending.source()::close)
                        .eventually(() -> StoreSettings.close(ending.vertx(), ending.store()));
            }

            @Override
            public String announcement() {
                return "judges the runs of " + streams.tasks()
                        + ending.store()
                                .map(kept ->
                                        ", keeps them in " + kept.database().address())
                                .orElse("")
                        + http.url("/metrics").map(at -> ", metrics on " + at).orElse("")
                        + http.docs().map(at -> ", API on " + at).orElse("");
            }
        };
    }
}
