package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.RedisAddress;

final class EmbeddedRedisIT {

    @Test
    void answersOnTheLoopbackInterfaceAndKeepsNothingOnDisk() {
        try (EmbeddedRedis server = EmbeddedRedis.start()) {
            assertThat(RedisConsole.tell(server.address(), "PING")).isEqualTo("+PONG");
            assertThat(RedisConsole.info(server.address(), "server", "redis_version"))
                    .isEqualTo("7.0.15");
            assertThat(RedisConsole.info(server.address(), "persistence", "aof_enabled"))
                    .isEqualTo("0");
        }
    }

    @Test
    void runsSeveralServersSideBySide() {
        try (EmbeddedRedis one = EmbeddedRedis.start();
                EmbeddedRedis other = EmbeddedRedis.start()) {
            RedisConsole.tell(one.address(), "SET key value");

            assertThat(RedisConsole.tell(other.address(), "EXISTS key")).isEqualTo(":0");
        }
    }

    @Test
    void takesSettings() {
        try (EmbeddedRedis server = EmbeddedRedis.start(List.of("appendonly yes", "appendfsync everysec"))) {
            assertThat(RedisConsole.info(server.address(), "persistence", "aof_enabled"))
                    .isEqualTo("1");
        }
    }

    @Test
    void keepsItsPortWhenItIsKilledAndStartedAgain() {
        try (EmbeddedRedis server = EmbeddedRedis.start()) {
            int port = server.address().port();
            server.kill();
            assertThatThrownBy(() -> RedisConsole.tell(server.address(), "PING"))
                    .isInstanceOf(UncheckedIOException.class);

            server.restart();

            assertThat(server.address().port()).isEqualTo(port);
            assertThat(RedisConsole.tell(server.address(), "PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void deletesItsDirectoryAndMayBeClosedTwice() {
        EmbeddedRedis server = EmbeddedRedis.start();
        assertThat(server.directory()).isNotEmptyDirectory();

        server.close();
        server.close();

        assertThat(server.directory()).doesNotExist();
    }

    @Test
    void endsWithAJvmThatIsKilledOutright() throws IOException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledOutright.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = program.inputReader()) {
            String[] words = String.valueOf(said.readLine()).split(" ", 2);
            RedisAddress address = RedisAddress.of("127.0.0.1", Integer.parseInt(words[0]));
            assertThat(RedisConsole.tell(address, "PING")).isEqualTo("+PONG");

            program.destroyForcibly();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThatThrownBy(() -> RedisConsole.tell(address, "PING"))
                            .hasMessageContaining("refused"));
            await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(Path.of(words[1])));
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void leavesNoProcessBehind() {
        long before = ProcessHandle.current().children().count();
        EmbeddedRedis server = EmbeddedRedis.start();
        server.kill();
        server.restart();
        assertThat(ProcessHandle.current().children().count()).isGreaterThan(before);

        server.close();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> ProcessHandle.current().children().count() <= before);
    }

    @Test
    void saysWhyItDoesNotStart() {
        assertThatThrownBy(() -> EmbeddedRedis.start(List.of("no-such-setting 1")))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("no-such-setting");
    }
}
