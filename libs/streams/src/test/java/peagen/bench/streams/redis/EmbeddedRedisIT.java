package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import peagen.bench.streams.BrokerException;

final class EmbeddedRedisIT {

    private static long directories() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path -> path.getFileName().toString().startsWith("bench-redis-"))
                    .count();
        }
    }

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
    void deletesItsDirectoryAndMayBeClosedTwice() throws IOException {
        long before = directories();
        EmbeddedRedis server = EmbeddedRedis.start();
        assertThat(directories()).isEqualTo(before + 1);

        server.close();
        server.close();

        assertThat(directories()).isEqualTo(before);
    }

    @Test
    void saysWhyItDoesNotStart() throws IOException {
        long before = directories();

        assertThatThrownBy(() -> EmbeddedRedis.start(List.of("no-such-setting 1")))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("no-such-setting");
        assertThat(directories()).isEqualTo(before);
    }
}
