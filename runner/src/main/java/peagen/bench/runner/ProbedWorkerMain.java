package peagen.bench.runner;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import peagen.bench.runner.edge.ProbedWorker;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.launch.ServiceProgram;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.worker.WorkerConfig;
import peagen.bench.worker.WorkerSettings;

/** The reference worker with a probe in its own process, as a process. Lives here because only the runner sees both. */
public final class ProbedWorkerMain implements ServiceProgram {

    /** The program's way in. */
    public static void main(String[] args) {
        Launcher.run(new ProbedWorkerMain(), args);
    }

    @Override
    public SettingsSpec spec() {
        return WorkerSettings.spec(
                "probed-worker", "The reference worker, with a probe agent that watches it from inside its process.");
    }

    @Override
    public Future<RunningService> start(Vertx vertx, Settings settings) {
        WorkerConfig config = WorkerSettings.config(settings);
        return Brokers.open(vertx, settings.get(WorkerSettings.REDIS))
                .compose(source -> ProbedWorker.connect(vertx, source, config, WorkerSettings.handler(settings))
                        .compose(vertx::deployVerticle)
                        .map(deployment -> running(vertx, source, deployment, config)));
    }

    private static RunningService running(Vertx vertx, BrokerSource source, String deployment, WorkerConfig config) {
        return new RunningService() {
            @Override
            public Future<Void> stop() {
                return vertx.undeploy(deployment).eventually(source::close);
            }

            @Override
            public String announcement() {
                return "claims from " + config.streams().tasks() + " as " + config.consumer();
            }
        };
    }
}
