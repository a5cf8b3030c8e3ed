package peagen.bench.probeagent;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Locale;
import peagen.bench.probeagent.domain.TrafficListener;
import peagen.bench.probeagent.edge.proxy.TlsFileException;
import peagen.bench.service.http.Health;
import peagen.bench.service.http.Metrics;
import peagen.bench.service.http.OperationsServer;
import peagen.bench.service.launch.Launcher;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.launch.ServiceProgram;
import peagen.bench.service.settings.Settings;
import peagen.bench.service.settings.SettingsSpec;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;

/** A probe agent as a process of its own: one beside each worker, or one for all workers of a node. */
public final class Main implements ServiceProgram {

    /** The program's way in. */
    public static void main(String[] args) {
        Launcher.run(new Main(), args);
    }

    @Override
    public SettingsSpec spec() {
        return ProbeAgentSettings.spec();
    }

    @Override
    public Future<RunningService> start(Vertx vertx, Settings settings) {
        ProbeAgentConfig config;
        try {
            config = ProbeAgentSettings.config(settings);
        } catch (TlsFileException unusable) {
            return Future.failedFuture(unusable);
        }
        PrometheusMeterRegistry registry = Metrics.registryWithJvm();
        return Brokers.open(vertx, config.upstream())
                .compose(source -> new PatientStart(vertx, settings.get(ProbeAgentSettings.WAIT_FOR_REDIS))
                        .start(() -> ProbeAgent.start(vertx, source, config, registry, TrafficListener.NONE))
                        .compose(agent -> serve(vertx, settings, registry, agent)
                                .<RunningService>map(http -> new Running(source, agent, http, registry, config))
                                .recover(cannotServe ->
                                        agent.stop().transform(left -> Future.failedFuture(cannotServe)))));
    }

    private static Future<OperationsServer> serve(
            Vertx vertx, Settings settings, PrometheusMeterRegistry registry, ProbeAgent agent) {
        Health health = new Health().register("redis", agent::checkUpstream);
        return OperationsServer.start(
                vertx,
                settings.get(ProbeAgentSettings.HTTP),
                health,
                registry,
                router -> WorkersRoute.addTo(router, agent.conversations()::open));
    }

    private record Running(
            BrokerSource source,
            ProbeAgent agent,
            OperationsServer http,
            PrometheusMeterRegistry registry,
            ProbeAgentConfig config)
            implements RunningService {

        @Override
        public Future<Void> stop() {
            return agent.stop()
                    .eventually(http::stop)
                    .eventually(source::close)
                    .onComplete(stopped -> registry.close());
        }

        @Override
        public String announcement() {
            return "workers connect to " + agent.address() + ", Redis is " + config.upstream() + ", observing "
                    + config.streams().tasks() + " "
                    + config.observing().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + http.url("/metrics").map(url -> ", metrics on " + url).orElse("");
        }
    }
}
