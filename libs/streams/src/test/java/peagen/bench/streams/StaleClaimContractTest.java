package peagen.bench.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.idsOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.read;
import static peagen.bench.streams.Answers.valuesOf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.StreamBroker.PendingEntry;
import peagen.bench.streams.StreamBroker.StaleClaim;
import peagen.bench.streams.StreamBroker.StaleEntries;

/** What every broker does about entries that their consumer does not finish. */
abstract class StaleClaimContractTest extends BrokerContract {

    private static final Duration STALE = ofMillis(50);

    private List<EntryId> delivered(int count) {
        answerOf(broker().append(STREAM, numbered(count)));
        return idsOf(answerOf(broker().readGroup(read(STREAM, GROUP, "a", count))));
    }

    private StaleEntries claim(Duration minIdle, EntryId cursor, int count) {
        return answerOf(broker().claimStale(new StaleClaim(STREAM, GROUP, "b", minIdle, cursor, count)));
    }

    @Test
    void claimsEntriesIdleLongerThanMinIdle() {
        List<EntryId> ids = delivered(3);
        fixture().letIdle(STALE);

        StaleEntries stale = claim(STALE, EntryId.MIN, 10);

        assertThat(stale.cursor()).isEqualTo(EntryId.MIN);
        assertThat(valuesOf(stale.entries())).containsExactly("0", "1", "2");
        assertThat(stale.deliveryCounts()).containsExactly(2, 2, 2);
        assertThat(stale.deleted()).isEmpty();
        assertThat(answerOf(broker().pending(STREAM, GROUP, EntryId.MIN, EntryId.MAX, 9)))
                .allSatisfy(line -> assertThat(line.consumer()).isEqualTo("b"))
                .allSatisfy(line -> assertThat(line.idle()).isLessThan(Duration.ofSeconds(5)))
                .extracting(PendingEntry::id)
                .isEqualTo(ids);
    }

    @Test
    void leavesEntriesThatAreNotIdleForLongEnough() {
        delivered(3);
        fixture().letIdle(STALE);

        StaleEntries stale = claim(Duration.ofHours(1), EntryId.MIN, 10);

        assertThat(stale.entries()).isEmpty();
        assertThat(stale.cursor()).isEqualTo(EntryId.MIN);
    }

    @Test
    void startsTheIdleTimeAnewWithEveryClaim() {
        delivered(1);
        fixture().letIdle(ofSeconds(1));

        assertThat(claim(ofSeconds(1), EntryId.MIN, 10).entries()).hasSize(1);
        assertThat(claim(ofSeconds(1), EntryId.MIN, 10).entries()).isEmpty();
    }

    @Test
    void countsEveryDelivery() {
        delivered(1);

        for (int delivery = 2; delivery < 5; delivery++) {
            assertThat(claim(Duration.ZERO, EntryId.MIN, 10).deliveryCounts()).containsExactly(delivery);
        }
        assertThat(answerOf(broker().pending(STREAM, GROUP, EntryId.MIN, EntryId.MAX, 9)))
                .extracting(PendingEntry::deliveryCount)
                .containsExactly(4);
    }

    @Test
    void goesThroughALongListPageByPage() {
        List<EntryId> ids = delivered(7);
        List<EntryId> claimed = new ArrayList<>();
        EntryId cursor = EntryId.MIN;
        int pages = 0;

        do {
            StaleEntries page = claim(Duration.ZERO, cursor, 3);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(3);
            claimed.addAll(idsOf(page.entries()));
            cursor = page.cursor();
            pages++;
        } while (!cursor.equals(EntryId.MIN));

        assertThat(claimed).isEqualTo(ids);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void looksAtTenPendingRecordsForEveryEntryAskedFor() {
        List<EntryId> ids = delivered(25);

        StaleEntries page = claim(Duration.ofHours(1), EntryId.MIN, 2);

        assertThat(page.entries()).isEmpty();
        assertThat(page.cursor()).isEqualTo(ids.get(20));
    }

    @Test
    void dropsAndReportsThePendingRecordsOfDeletedEntries() {
        List<EntryId> ids = delivered(4);
        answerOf(broker().delete(STREAM, List.of(ids.get(0), ids.get(2))));

        StaleEntries stale = claim(Duration.ZERO, EntryId.MIN, 10);

        assertThat(valuesOf(stale.entries())).containsExactly("1", "3");
        assertThat(stale.deliveryCounts()).containsExactly(2, 2);
        assertThat(stale.deleted()).containsExactly(ids.get(0), ids.get(2));
        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).pending()).isEqualTo(2);
    }

    @Test
    void createsAMissingGroup() {
        assertThat(claim(Duration.ZERO, EntryId.MIN, 10).entries()).isEmpty();
        assertThat(answerOf(broker().groupInfo(STREAM, GROUP)).lastDelivered()).isEqualTo(EntryId.MIN);
    }
}
