package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.idsOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.read;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;

/** Redis 7.0 reports a wrong lag for ever once it has read a rewritten append-only file: nothing may wait for it to become 0. */
class LagAfterRestartIT {

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedRedis server = EmbeddedRedis.start(List.of("appendonly yes", "appendfsync always"));
    private RedisBroker broker = answerOf(RedisBroker.connect(vertx, server.address()));

    @AfterEach
    void stop() {
        answerOf(broker.close());
        server.close();
        answerOf(vertx.close());
    }

    private void work(int tasks, boolean delete) {
        answerOf(broker.append("s", numbered(tasks)));
        List<EntryId> ids = idsOf(answerOf(broker.readGroup(read("s", "g", "c", tasks))));
        assertThat(ids).hasSize(tasks);
        answerOf(broker.acknowledge("s", "g", ids));
        if (delete) {
            answerOf(broker.delete("s", ids));
        }
    }

    private long lag() {
        return answerOf(broker.groupInfo("s", "g")).lag();
    }

    private void restart() {
        answerOf(broker.close());
        server.kill();
        server.restart();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            broker = answerOf(RedisBroker.connect(vertx, server.address()));
            return answerOf(broker.length("s")) >= 0;
        });
    }

    private void rewriteTheFile() {
        RedisConsole.tell(server.address(), "BGREWRITEAOF");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> RedisConsole.info(server.address(), "persistence", "aof_rewrite_in_progress")
                        .equals("0"));
    }

    @Test
    void whatHasBeenReadIsNotWaitingForWhateverTheServerSays() {
        answerOf(broker.createGroup("s", "g", EntryId.MIN));
        work(100, true);
        rewriteTheFile();
        work(20, true);
        restart();

        assertThat(lag()).isZero();
        answerOf(broker.append("s", numbered(3)));
        assertThat(lag()).isEqualTo(3);
    }

    @Test
    void ofAStreamWhoseEntriesStayAFewThatWaitAreCounted() {
        answerOf(broker.createGroup("s", "g", EntryId.MIN));
        work(100, false);
        rewriteTheFile();
        work(20, false);
        restart();

        answerOf(broker.append("s", numbered(5)));
        assertThat(lag()).isEqualTo(5);
        answerOf(broker.append("s", numbered(200)));
        assertThat(lag()).isBetween(205L, 325L);
    }
}
