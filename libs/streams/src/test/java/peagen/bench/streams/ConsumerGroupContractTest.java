package peagen.bench.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;
import static peagen.bench.streams.Answers.idsOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.read;
import static peagen.bench.streams.Answers.valuesOf;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerException.Reason;
import peagen.bench.streams.StreamBroker.Commit;
import peagen.bench.streams.StreamBroker.GroupInfo;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.StreamBroker.PendingEntry;

/** What every broker does for consumer groups that read and acknowledge. */
abstract class ConsumerGroupContractTest extends BrokerContract {

    private GroupRead blocking(Duration block) {
        return new GroupRead(STREAM, GROUP, "a", 10, block);
    }

    @Test
    void deliversEachEntryToOneConsumerOfTheGroup() {
        answerOf(broker().append(STREAM, numbered(5)));
        answerOf(broker().createGroup(STREAM, GROUP, EntryId.MIN));

        assertThat(valuesOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3)))))
                .containsExactly("0", "1", "2");
        assertThat(valuesOf(answerOf(broker().readGroup(read(STREAM, GROUP, "b", 3)))))
                .containsExactly("3", "4");
        assertThat(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3)))).isEmpty();
    }

    @Test
    void startsAGroupBehindTheGivenEntry() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(4)));
        answerOf(broker().createGroup(STREAM, GROUP, ids.get(1)));

        assertThat(valuesOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 10)))))
                .containsExactly("2", "3");
    }

    @Test
    void leavesAGroupAsItIsWhenItExists() {
        answerOf(broker().createGroup(STREAM, GROUP, EntryId.MIN));
        answerOf(broker().append(STREAM, entry("x")));
        answerOf(broker().readGroup(read(STREAM, GROUP, "a", 1)));
        answerOf(broker().createGroup(STREAM, GROUP, EntryId.MIN));

        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).pending()).isEqualTo(1);
    }

    @Test
    void refusesToReadFewerThanOneEntry() {
        assertThat(failureOf(broker().readGroup(read(STREAM, GROUP, "a", 0))).reason())
                .isEqualTo(Reason.REJECTED);
    }

    @Test
    void wakesABlockedReadWhenAnEntryArrives() {
        answerOf(broker().createGroup(STREAM, GROUP, EntryId.MIN));
        Future<List<StreamEntry>> read = broker().readGroup(blocking(ofSeconds(20)));
        await().until(fixture()::hasBlockedReader);
        assertThat(read.isComplete()).isFalse();

        answerOf(broker().append(STREAM, entry("awaited")));

        assertThat(valuesOf(answerOf(read))).containsExactly("awaited");
    }

    @Test
    void wakesABlockedReadWhenAnEntryIsCommitted() {
        answerOf(broker().createGroup(STREAM, GROUP, EntryId.MIN));
        Future<List<StreamEntry>> read = broker().readGroup(blocking(ofSeconds(20)));
        await().until(fixture()::hasBlockedReader);

        answerOf(broker().commit(new Commit(List.of(new Commit.Append(STREAM, entry("committed"))), List.of())));

        assertThat(valuesOf(answerOf(read))).containsExactly("committed");
    }

    @Test
    void answersABlockedReadWithNothingWhenItsTimePasses() {
        assertThat(answerOf(broker().readGroup(blocking(ofMillis(30))))).isEmpty();
        assertThat(answerOf(broker().readGroup(blocking(Duration.ofNanos(1))))).isEmpty();
    }

    @Test
    void answersAtOnceWhenTheBlockTimeIsZero() {
        assertThat(answerOf(broker().readGroup(blocking(Duration.ZERO)))).isEmpty();
    }

    @Test
    void endsABlockedReadWhenTheBrokerCloses() {
        StreamBroker closing = fixture().connect();
        Future<List<StreamEntry>> read = closing.readGroup(blocking(ofSeconds(60)));
        await().until(fixture()::hasBlockedReader);

        answerOf(closing.close());

        assertThat(answerOf(read)).isEmpty();
    }

    @Test
    void letsOtherCallsOvertakeABlockedRead() {
        Future<List<StreamEntry>> read = broker().readGroup(blocking(ofSeconds(20)));

        assertThat(answerOf(broker().length("{tasks}:other"))).isZero();
        assertThat(read.isComplete()).isFalse();
        answerOf(broker().append(STREAM, entry("end")));
        answerOf(read);
    }

    @Test
    void acknowledgesWhatIsPendingAndNothingElse() {
        answerOf(broker().append(STREAM, numbered(3)));
        List<EntryId> ids = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3))));

        assertThat(answerOf(broker().acknowledge(STREAM, GROUP, ids.subList(0, 2))))
                .isEqualTo(2);
        assertThat(answerOf(broker().acknowledge(STREAM, GROUP, ids))).isEqualTo(1);
        assertThat(answerOf(broker().acknowledge(STREAM, GROUP, List.of()))).isZero();
        assertThat(answerOf(broker().acknowledge(STREAM, "nobody", ids))).isZero();
        assertThat(answerOf(broker().acknowledge("{tasks}:missing", GROUP, ids)))
                .isZero();
    }

    @Test
    void listsPendingEntriesInIdOrder() {
        answerOf(broker().append(STREAM, numbered(4)));
        List<EntryId> a = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 2))));
        List<EntryId> b = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "b", 2))));

        List<PendingEntry> all = answerOf(broker().pending(STREAM, GROUP, EntryId.MIN, EntryId.MAX, 10));
        assertThat(all).extracting(PendingEntry::id).containsExactly(a.get(0), a.get(1), b.get(0), b.get(1));
        assertThat(all).extracting(PendingEntry::consumer).containsExactly("a", "a", "b", "b");
        assertThat(all).extracting(PendingEntry::deliveryCount).containsOnly(1);
        assertThat(answerOf(broker().pending(STREAM, GROUP, a.get(1), EntryId.MAX, 2)))
                .extracting(PendingEntry::id)
                .containsExactly(a.get(1), b.get(0));
        assertThat(answerOf(broker().pending(STREAM, GROUP, EntryId.MAX, EntryId.MIN, 2)))
                .isEmpty();
    }

    @Test
    void keepsThePendingRecordOfADeletedEntry() {
        answerOf(broker().append(STREAM, numbered(2)));
        List<EntryId> ids = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 2))));

        answerOf(broker().delete(STREAM, ids));

        assertThat(answerOf(broker().pending(STREAM, GROUP, EntryId.MIN, EntryId.MAX, 9)))
                .hasSize(2);
        assertThat(answerOf(broker().acknowledge(STREAM, GROUP, ids))).isEqualTo(2);
    }

    @Test
    void commitsAppendsAndAcknowledgementsTogether() {
        answerOf(broker().append(STREAM, numbered(3)));
        List<EntryId> ids = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3))));

        answerOf(broker().commit(new Commit(
                List.of(
                        new Commit.Append("{tasks}:out", entry("sum")),
                        new Commit.Append("{tasks}:log", entry("line"))),
                List.of(
                        new Commit.Acknowledge(STREAM, GROUP, ids.subList(0, 2)),
                        new Commit.Acknowledge(STREAM, GROUP, List.of())))));

        assertThat(valuesOf(answerOf(broker().range("{tasks}:out", EntryId.MIN, EntryId.MAX, 9))))
                .containsExactly("sum");
        assertThat(valuesOf(answerOf(broker().range("{tasks}:log", EntryId.MIN, EntryId.MAX, 9))))
                .containsExactly("line");
        assertThat(answerOf(broker().pending(STREAM, GROUP, EntryId.MIN, EntryId.MAX, 9)))
                .extracting(PendingEntry::id)
                .containsExactly(ids.get(2));
        answerOf(broker().commit(new Commit(List.of(), List.of())));
    }

    @Test
    void commitsNothingWhenAPartIsInvalid() {
        Commit commit = new Commit(
                List.of(
                        new Commit.Append("{tasks}:out", entry("sum")),
                        new Commit.Append("{tasks}:out", Fields.builder().build())),
                List.of());

        assertThat(failureOf(broker().commit(commit)).reason()).isEqualTo(Reason.REJECTED);
        assertThat(answerOf(broker().length("{tasks}:out"))).isZero();
    }

    @Test
    void createsAMissingGroupAgainAfterTheServerLostEverything() {
        answerOf(broker().createGroup(STREAM, GROUP, EntryId.MIN));
        fixture().flush();
        answerOf(broker().append(STREAM, numbered(2)));

        assertThat(valuesOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 9)))))
                .containsExactly("0", "1");
        fixture().flush();
        assertThat(answerOf(broker().readGroup(blocking(ofMillis(5))))).isEmpty();
        fixture().flush();
        assertThat(answerOf(broker().pending(STREAM, GROUP, EntryId.MIN, EntryId.MAX, 9)))
                .isEmpty();
    }

    @Test
    void goesOnWithABlockedReadWhenTheServerLosesEverything() {
        answerOf(broker().createGroup(STREAM, GROUP, EntryId.MIN));
        Future<List<StreamEntry>> read = broker().readGroup(blocking(ofSeconds(20)));
        await().until(fixture()::hasBlockedReader);

        fixture().flush();
        answerOf(broker().append(STREAM, entry("after")));

        assertThat(valuesOf(answerOf(read))).containsExactly("after");
    }

    @Test
    void tellsHowFarAGroupIs() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(10)));
        answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3)));
        answerOf(broker().acknowledge(STREAM, GROUP, ids.subList(0, 1)));

        assertThat(answerOf(broker().groupInfo(STREAM, GROUP))).isEqualTo(new GroupInfo(1, 2, 7, ids.get(2)));
        assertThat(answerOf(broker().groupInfo(STREAM, "nobody"))).isEqualTo(new GroupInfo(0, 0, 0, EntryId.MIN));
        assertThat(answerOf(broker().groupInfo("{tasks}:missing", GROUP)))
                .isEqualTo(new GroupInfo(0, 0, 0, EntryId.MIN));
    }

    @Test
    void countsWhatAGroupHasNotSeenEvenAfterDeletions() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(2_100)));
        answerOf(broker().createGroup(STREAM, "fresh", EntryId.MIN));
        answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3)));

        answerOf(broker().delete(STREAM, ids.subList(2_000, 2_050)));

        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).lag()).isEqualTo(2_047);
        assertThat(answerOf(broker().groupInfo(STREAM, "fresh")).lag()).isEqualTo(2_050);
        answerOf(broker().delete(STREAM, ids.subList(1, 2_100)));
        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).lag()).isZero();
    }

    @Test
    void trimsToThePendingEntryThatIsOldestOverAllGroups() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(6)));
        answerOf(broker().readGroup(read(STREAM, "fast", "a", 6)));
        answerOf(broker().readGroup(read(STREAM, "slow", "a", 4)));
        answerOf(broker().acknowledge(STREAM, "fast", ids));
        answerOf(broker().acknowledge(STREAM, "slow", ids.subList(0, 2)));

        assertThat(answerOf(broker().trim(STREAM))).isEqualTo(2);
        assertThat(answerOf(broker().trim(STREAM))).isZero();
        answerOf(broker().acknowledge(STREAM, "slow", ids));
        assertThat(answerOf(broker().trim(STREAM))).isEqualTo(2);
        assertThat(valuesOf(answerOf(broker().range(STREAM, EntryId.MIN, EntryId.MAX, 9))))
                .containsExactly("4", "5");
    }

    @Test
    void trimsNothingThatAGroupHasNotSeen() {
        answerOf(broker().append(STREAM, numbered(3)));
        answerOf(broker().createGroup(STREAM, "unread", EntryId.MIN));
        List<EntryId> ids = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 3))));
        answerOf(broker().acknowledge(STREAM, GROUP, ids));

        assertThat(answerOf(broker().trim(STREAM))).isZero();
    }

    @Test
    void trimsEverythingThatEveryGroupIsDoneWith() {
        answerOf(broker().append(STREAM, numbered(250)));
        List<EntryId> ids = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", 250))));
        answerOf(broker().acknowledge(STREAM, GROUP, ids));

        assertThat(answerOf(broker().trim(STREAM))).isEqualTo(250);
        assertThat(answerOf(broker().append(STREAM, entry("later")))).isGreaterThan(ids.get(249));
    }

    @Test
    void leavesAStreamWithoutGroupsAlone() {
        answerOf(broker().append(STREAM, numbered(3)));

        assertThat(answerOf(broker().trim(STREAM))).isZero();
        assertThat(answerOf(broker().trim("{tasks}:missing"))).isZero();
    }

    @Test
    void removesConsumersThatAreIdleAndHaveNothingPending() {
        answerOf(broker().append(STREAM, numbered(3)));
        answerOf(broker().readGroup(read(STREAM, GROUP, "holds", 1)));
        for (String consumer : List.of("done", "awake")) {
            List<EntryId> done = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, consumer, 1))));
            answerOf(broker().acknowledge(STREAM, GROUP, done));
        }
        fixture().letIdle(ofMillis(1_050));
        answerOf(broker().append(STREAM, entry("more")));
        List<EntryId> more = idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "awake", 1))));
        answerOf(broker().acknowledge(STREAM, GROUP, more));

        assertThat(answerOf(broker().removeConsumers(STREAM, GROUP, ofSeconds(1))))
                .isEqualTo(1);
        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).consumers()).isEqualTo(2);
        assertThat(answerOf(broker().pending(STREAM, GROUP, EntryId.MIN, EntryId.MAX, 9)))
                .extracting(PendingEntry::consumer)
                .containsExactly("holds");
        assertThat(answerOf(broker().removeConsumers(STREAM, GROUP, ofMinutes(10))))
                .isZero();
        assertThat(answerOf(broker().removeConsumers(STREAM, "nobody", ofMillis(50))))
                .isZero();
        assertThat(answerOf(broker().removeConsumers("{tasks}:missing", GROUP, ofMillis(50))))
                .isZero();
    }
}
