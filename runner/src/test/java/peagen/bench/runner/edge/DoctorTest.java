package peagen.bench.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import peagen.bench.runner.edge.Doctor.Finding;
import peagen.bench.runner.edge.Doctor.State;
import peagen.bench.streams.BrokerAddress;

class DoctorTest {

    @TempDir
    private Path home;

    @Test
    void findsWhatIsThere() throws IOException, InterruptedException {
        Files.createDirectories(home.resolve("benchmarks/scenarios"));
        Path program = Files.createFile(home.resolve("mvn"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path socket = Files.createFile(home.resolve("docker.sock"));
        List<Finding> findings = examine(Map.of("PATH", home.toString(), "DOCKER_HOST", "unix://" + socket), "stub");
        assertThat(of(findings, "JDK").state()).isEqualTo(State.OK);
        assertThat(of(findings, "scenarios").state()).isEqualTo(State.OK);
        assertThat(of(findings, "embedded Redis").detail()).startsWith("answers on redis://127.0.0.1:");
        assertThat(of(findings, "Redis").detail()).isEqualTo("in memory");
        assertThat(of(findings, "mvn").detail()).isEqualTo(program.toString());
        assertThat(of(findings, "Docker").state()).isEqualTo(State.OK);
        assertThat(of(findings, "redis-benchmark").detail()).contains("apt-get install redis-tools");
    }

    @Test
    void saysWhatIsMissingAndWhatItIsFor() throws InterruptedException {
        List<Finding> findings =
                examine(Map.of("DOCKER_HOST", "unix://" + home.resolve("nothing")), "redis://127.0.0.1:1");
        assertThat(of(findings, "scenarios").state()).isEqualTo(State.MISSING);
        assertThat(of(findings, "Redis").state()).isEqualTo(State.MISSING);
        assertThat(of(findings, "Redis").detail()).contains("nobody answers at redis://127.0.0.1:1");
        assertThat(of(findings, "Docker").state()).isEqualTo(State.ABSENT);
        assertThat(of(findings, "Redis").toString()).startsWith("MISSING  Redis ");
    }

    @Test
    void doesNotAskADistantEngine() throws InterruptedException {
        assertThat(of(examine(Map.of("DOCKER_HOST", "tcp://build:2375"), "stub"), "Docker")
                        .detail())
                .contains("not asked");
    }

    private List<Finding> examine(Map<String, String> environment, String redis) throws InterruptedException {
        return new Doctor(home, environment).examine(Optional.of(BrokerAddress.parse(redis)));
    }

    private static Finding of(List<Finding> findings, String thing) {
        return findings.stream()
                .filter(finding -> finding.thing().equals(thing))
                .findFirst()
                .orElseThrow();
    }
}
