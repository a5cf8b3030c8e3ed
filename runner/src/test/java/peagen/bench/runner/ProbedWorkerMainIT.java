package peagen.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.service.launch.RunningService;
import peagen.bench.service.settings.SettingsReader;
import peagen.bench.service.settings.SettingsResult;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.redis.EmbeddedRedis;

class ProbedWorkerMainIT {

    @Test
    void announcesItselfAndTakesLeaveInOrder() throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        try (EmbeddedRedis redis = EmbeddedRedis.start()) {
            ProbedWorkerMain program = new ProbedWorkerMain();
            SettingsResult read = SettingsReader.read(
                    program.spec(), List.of("--redis", redis.address().toString()), Map.of());
            assertThat(read).isInstanceOf(SettingsResult.Read.class);
            RunningService worker = Blocking.await(program.start(vertx, ((SettingsResult.Read) read).settings()));
            assertThat(worker.announcement()).startsWith("claims from peagen.tasks as worker-");
            Blocking.await(worker.stop());

            BrokerSource source = Blocking.await(Brokers.open(vertx, redis.address()));
            StreamBroker broker = Blocking.await(source.connect());
            assertThat(Blocking.await(broker.range(StreamNames.CONTROL, EntryId.MIN, EntryId.MAX, 10)))
                    .as("its last event is sent before its connection is closed")
                    .extracting(entry -> entry.fields().text("type").orElse(""))
                    .containsExactly("service.started", "service.stopped");
            Blocking.await(source.close());
        } finally {
            Blocking.await(vertx.close());
        }
    }
}
