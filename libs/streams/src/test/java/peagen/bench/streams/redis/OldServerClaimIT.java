package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.idsOf;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.StreamBroker.StaleClaim;
import peagen.bench.streams.StreamBroker.StaleEntries;

/** Redis 6.2 answers XAUTOCLAIM with two parts, with a null for a deleted entry, and keeps the record of that. */
final class OldServerClaimIT {

    private static final String ENTRY = "*2\r\n$3\r\n5-1\r\n*2\r\n$4\r\ndata\r\n$1\r\nx\r\n";
    private static final String RECORD = "*4\r\n$3\r\n%s\r\n$1\r\nb\r\n:0\r\n:2\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private Optional<String> answer(String command) {
        commands.add(command);
        return Optional.of(
                switch (command) {
                    case "XAUTOCLAIM S G B 0 0-0 COUNT 10" -> "*2\r\n$3\r\n0-0\r\n*2\r\n*-1\r\n" + ENTRY;
                    case "XPENDING S G 5-1 5-1 1" -> "*1\r\n" + RECORD.formatted("5-1");
                    case "XRANGE S 3-1 3-1 COUNT 1" -> "*0\r\n";
                    case "XRANGE S 4-1 4-1 COUNT 1" -> "*1\r\n" + ENTRY.replace("5-1", "4-1");
                    case "XACK S G 3-1" -> ":1\r\n";
                    default -> "*3\r\n" + RECORD.formatted("3-1") + RECORD.formatted("4-1") + RECORD.formatted("5-1");
                });
    }

    @Test
    void findsReportsAndDropsTheRecordsOfDeletedEntries() {
        FakeServer old = FakeServer.connectable(vertx, this::answer);
        RedisBroker broker = answerOf(RedisBroker.connect(vertx, old.address()));

        StaleEntries stale = answerOf(broker.claimStale(new StaleClaim("s", "g", "b", Duration.ZERO, EntryId.MIN, 10)));

        assertThat(idsOf(stale.entries())).containsExactly(new EntryId(5, 1));
        assertThat(stale.deliveryCounts()).containsExactly(2);
        assertThat(stale.deleted()).containsExactly(new EntryId(3, 1));
        assertThat(commands).contains("XACK S G 3-1");
    }
}
