package peagen.bench.runner.conformance.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import peagen.bench.contract.StreamNames;
import peagen.bench.runner.conformance.domain.ConformanceReport;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.conformance.domain.ConformanceText;
import peagen.bench.runner.conformance.domain.Defect;
import peagen.bench.runner.conformance.domain.Finding;
import peagen.bench.runner.edge.Blocking;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.BrokerSource;
import peagen.bench.streams.Brokers;

/** The example workers, on a real Redis. */
class ConformanceSessionIT {

    private final Vertx vertx = Vertx.vertx();
    private BrokerSource source;

    @TempDir
    private Path logs;

    @BeforeEach
    void open() throws InterruptedException {
        source = Blocking.await(Brokers.open(vertx, new BrokerAddress.Embedded()));
    }

    @AfterEach
    void close() throws InterruptedException {
        Blocking.await(source.close());
        Blocking.await(vertx.close());
    }

    static Stream<List<String>> soundWorkers() {
        return Stream.of(Workers.python(), Workers.node());
    }

    @ParameterizedTest
    @MethodSource("soundWorkers")
    void aSoundWorkerPassesEveryPoint(List<String> command) throws InterruptedException {
        ConformanceReport report = check(command);
        assertThat(report.state()).as(ConformanceText.of(report)).isEqualTo(Finding.State.OK);
    }

    @ParameterizedTest
    @EnumSource
    void aDefectIsCalledByItsName(Defect defect) throws InterruptedException {
        ConformanceReport report = check(Workers.defective(defect));
        assertThat(report.defects()).as(ConformanceText.of(report)).containsExactly(defect);
        assertThat(report.state()).isEqualTo(Finding.State.FAIL);
    }

    private ConformanceReport check(List<String> command) throws InterruptedException {
        ConformanceSpec spec =
                new ConformanceSpec(command, StreamNames.peagen(), Duration.ofSeconds(1), 2, Set.of(), false, logs);
        return new ConformanceSession(vertx, source, ProxiedRedis::open, spec, line -> {}).run();
    }
}
