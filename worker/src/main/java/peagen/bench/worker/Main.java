package peagen.bench.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.launch.ServiceProgram;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.streams.Brokers;

/** The reference worker as a process of its own, without a probe: any probe has to come from outside. */
public final class Main implements ServiceProgram {

    /** The program's way in. */
    public static void main(String[] args) {
        Launcher.run(new Main(), args);
    }

    @Override
    public SettingsSpec spec() {
        return WorkerSettings.spec("worker", "Claims tasks of a farm, works on them, answers and acknowledges them.");
    }

    @Override
    public Future<RunningService> start(Vertx vertx, Settings settings) {
        WorkerConfig config = WorkerSettings.config(settings);
        return Brokers.open(vertx, settings.get(WorkerSettings.REDIS))
                .compose(source -> source.connect()
                        .compose(broker -> vertx.deployVerticle(
                                new Worker(vertx, broker, config, WorkerSettings.handler(settings))))
                        .map(deployment -> new RunningService() {
                            @Override
                            public Future<Void> stop() {
                                return vertx.undeploy(deployment).eventually(source::close);
                            }

                            @Override
                            public String announcement() {
                                return "claims from " + config.streams().tasks() + " as " + config.consumer();
                            }
                        }));
    }
}
