package peagen.bench.streams.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;
import static peagen.bench.streams.Answers.idsOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.read;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.BrokerException;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker.Commit;

/** What a real Redis refuses, and what has happened by then. */
final class RedisRefusalsIT {

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedRedis server = EmbeddedRedis.start();
    private RedisBroker broker;

    @BeforeEach
    void connect() {
        broker = answerOf(RedisBroker.connect(vertx, server.address()));
    }

    @AfterEach
    void stop() {
        answerOf(broker.close());
        server.close();
        answerOf(vertx.close());
    }

    private List<EntryId> pendingEntries() {
        answerOf(broker.append("{t}", numbered(2)));
        return idsOf(answerOf(broker.readGroup(read("{t}", "g", "c", 2))));
    }

    private Commit commit(String second, List<EntryId> ids) {
        return new Commit(
                List.of(new Commit.Append("{t}:first", entry("1")), new Commit.Append(second, entry("2"))),
                List.of(new Commit.Acknowledge("{t}", "g", ids)));
    }

    @Test
    void namesTheStreamWhenAKeyIsNoStream() {
        RedisConsole.tell(server.address(), "SET {t}:text x");

        BrokerException failure = failureOf(broker.append("{t}:text", numbered(3)));

        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure)
                .hasMessageStartingWith("XADD {t}:text at redis://127.0.0.1")
                .hasMessageContaining("WRONGTYPE");
        assertThat(failure.getMessage().lines()).hasSize(1);
        assertThat(failureOf(broker.trim("{t}:text")).reason()).isEqualTo(Reason.REJECTED);
        assertThat(failureOf(broker.createGroup("{t}:text", "g", EntryId.MIN)).reason())
                .isEqualTo(Reason.REJECTED);
    }

    @Test
    void commitsNothingWhenTheServerRefusesAPartBeforehand() {
        List<EntryId> ids = pendingEntries();
        RedisConsole.tell(server.address(), "CONFIG SET maxmemory 1");

        BrokerException failure = failureOf(broker.commit(commit("{t}:second", ids)));

        assertThat(failure.reason()).isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(failureOf(broker.append("{t}", entry("x"))).reason()).isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(answerOf(broker.groupInfo("{t}", "g")).pending()).isEqualTo(2);
        assertThat(answerOf(broker.length("{t}:first"))).isZero();
    }

    @Test
    void failsACommitOfWhichAPartFailsThoughTheOthersHaveHappened() {
        List<EntryId> ids = pendingEntries();
        RedisConsole.tell(server.address(), "SET {t}:text x");

        BrokerException failure = failureOf(broker.commit(commit("{t}:text", ids)));

        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure).hasMessageContaining("WRONGTYPE");
        assertThat(answerOf(broker.groupInfo("{t}", "g")).pending()).isZero();
        assertThat(answerOf(broker.length("{t}:first"))).isEqualTo(1);
    }

    @Test
    void refusesATransactionThatDoesNotFitOnTheConnection() {
        Commit huge = new Commit(Collections.nCopies(70_000, new Commit.Append("{t}", entry("x"))), List.of());

        assertThat(failureOf(broker.commit(huge)).reason()).isEqualTo(Reason.REJECTED);
        assertThat(answerOf(broker.length("{t}"))).isZero();
    }

    @Test
    void acknowledgesAndDeletesMoreIdsThanFitIntoOneCommand() {
        List<EntryId> ids = answerOf(broker.append("{t}", numbered(10_000)));
        answerOf(broker.readGroup(read("{t}", "g", "c", 10_000)));

        assertThat(answerOf(broker.acknowledge("{t}", "g", ids))).isEqualTo(10_000);
        assertThat(answerOf(broker.delete("{t}", ids))).isEqualTo(10_000);
    }

    @Test
    void commitsThousandsOfEntriesInOneTransaction() {
        Commit large = new Commit(Collections.nCopies(20_000, new Commit.Append("{t}", entry("x"))), List.of());

        answerOf(broker.commit(large));

        assertThat(answerOf(broker.length("{t}"))).isEqualTo(20_000);
    }

    @Test
    void saysThatItMayNotRunScripts() {
        RedisConsole.tell(server.address(), "ACL SETUSER default -eval");

        assertThat(failureOf(broker.removeConsumers("{t}", "g", Duration.ZERO)).reason())
                .isEqualTo(Reason.UNAUTHORIZED);
    }

    @Test
    void commitsNothingOnWhatItHasReadWhenTheConnectionIsCutMeanwhile() {
        BrokerException failure = failureOf(broker.commitIfUnchanged(List.of("{t}:key"), values -> {
            RedisConsole.tell(server.address(), "CLIENT KILL TYPE normal");
            return commit("{t}:second", List.of());
        }));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(answerOf(broker.length("{t}:first"))).isZero();
        assertThat(answerOf(broker.commitIfUnchanged(List.of("{t}:key"), values -> commit("{t}:second", List.of()))))
                .isTrue();
    }

    @Test
    void refusesAConditionalTransactionThatDoesNotFitOnTheConnection() {
        Commit huge = new Commit(Collections.nCopies(70_000, new Commit.Append("{t}", entry("x"))), List.of());

        assertThat(failureOf(broker.commitIfUnchanged(List.of("{t}:key"), values -> huge))
                        .reason())
                .isEqualTo(Reason.REJECTED);
    }

    @Test
    void commitsNothingConditionallyWhenTheServerRefusesAPartBeforehand() {
        List<EntryId> ids = pendingEntries();
        RedisConsole.tell(server.address(), "CONFIG SET maxmemory 1");

        assertThat(failureOf(broker.commitIfUnchanged(List.of("{t}:key"), values -> commit("{t}:second", ids)))
                        .reason())
                .isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(answerOf(broker.groupInfo("{t}", "g")).pending()).isEqualTo(2);
        RedisConsole.tell(server.address(), "CONFIG SET maxmemory 0");
        assertThat(answerOf(broker.commitIfUnchanged(List.of("{t}:key"), values -> commit("{t}:second", ids))))
                .isTrue();
    }
}
