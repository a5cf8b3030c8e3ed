package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.streams.BrokerException;

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
    void saysWhyItDoesNotStart() {
        assertThatThrownBy(() -> EmbeddedRedis.start(List.of("no-such-setting 1")))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("no-such-setting");
    }
}
