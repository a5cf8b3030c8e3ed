package peagen.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.entry;
import static peagen.bench.streams.Answers.failureOf;
import static peagen.bench.streams.Answers.idsOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.valuesOf;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerException.Reason;

/** What every broker does with streams, whoever reads them. */
abstract class StreamBrokerContractTest extends BrokerContract {

    @Test
    void appendsInOrderAndAnswersTheIds() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(300)));

        List<StreamEntry> entries = answerOf(broker().range(STREAM, EntryId.MIN, EntryId.MAX, 1_000));
        assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(300).isEqualTo(idsOf(entries));
        assertThat(entries).extracting(StreamEntry::fields).isEqualTo(numbered(300));
        assertThat(answerOf(broker().length(STREAM))).isEqualTo(300);
    }

    @Test
    void appendsMoreThanFitsIntoOneWrite() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(20_000)));

        assertThat(ids).isSorted().hasSize(20_000);
        assertThat(valuesOf(answerOf(broker().range(STREAM, ids.get(19_990), EntryId.MAX, 100))))
                .hasSize(10)
                .endsWith("19999");
    }

    @Test
    void appendsNothingWhenNothingIsGiven() {
        assertThat(answerOf(broker().append(STREAM, List.of()))).isEmpty();
        assertThat(answerOf(broker().length(STREAM))).isZero();
    }

    @Test
    void refusesAnEntryWithoutFields() {
        BrokerException failure =
                failureOf(broker().append(STREAM, Fields.builder().build()));

        assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
        assertThat(failure).hasMessageContaining(STREAM).hasMessageContaining("field");
    }

    @Test
    void keepsFieldsInTheirOrderWhateverTheirBytes() {
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        Fields fields = Fields.builder()
                .put("binary", all)
                .put("empty", new byte[0])
                .put("däta", "€\r\n$5")
                .put("number", 42)
                .build();

        EntryId id = answerOf(broker().append(STREAM, fields));

        assertThat(answerOf(broker().range(STREAM, id, id, 1))).containsExactly(new StreamEntry(id, fields));
    }

    @Test
    void carriesValuesOfFiveMegabytes() {
        byte[] large = new byte[5_000_000];
        Arrays.fill(large, (byte) '\n');

        answerOf(broker().append(STREAM, List.of(Fields.of("data", large), Fields.of("data", large), entry("last"))));

        List<StreamEntry> entries = answerOf(broker().range(STREAM, EntryId.MIN, EntryId.MAX, 10));
        assertThat(entries).hasSize(3);
        assertThat(entries.get(1).fields().value(0)).isEqualTo(large);
    }

    @Test
    void rangesInPages() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(10)));

        assertThat(valuesOf(answerOf(broker().range(STREAM, ids.get(2), ids.get(7), 4))))
                .containsExactly("2", "3", "4", "5");
        assertThat(valuesOf(answerOf(broker().range(STREAM, ids.get(5).next(), ids.get(7), 4))))
                .containsExactly("6", "7");
        assertThat(answerOf(broker().range(STREAM, ids.get(9).next(), EntryId.MAX, 4)))
                .isEmpty();
        assertThat(answerOf(broker().range("{tasks}:missing", EntryId.MIN, EntryId.MAX, 4)))
                .isEmpty();
    }

    @Test
    void deletesWhatExists() {
        List<EntryId> ids = answerOf(broker().append(STREAM, numbered(3)));

        assertThat(answerOf(broker().delete(STREAM, ids.subList(0, 2)))).isEqualTo(2);
        assertThat(answerOf(broker().delete(STREAM, ids))).isEqualTo(1);
        assertThat(answerOf(broker().delete(STREAM, List.of()))).isZero();
        assertThat(answerOf(broker().length(STREAM))).isZero();
        assertThat(answerOf(broker().append(STREAM, entry("later")))).isGreaterThan(ids.get(2));
    }

    @Test
    void trimsToAboutALength() {
        answerOf(broker().append(STREAM, numbered(1_000)));

        long gone = answerOf(broker().trimToLength(STREAM, 100));

        assertThat(answerOf(broker().length(STREAM))).isBetween(100L, 300L).isEqualTo(1_000 - gone);
        assertThat(answerOf(broker().trimToLength("{tasks}:missing", 1))).isZero();
    }

    @Test
    void tellsTheServersTime() {
        long first = answerOf(broker().serverTimeMicros());
        EntryId id = answerOf(broker().append(STREAM, entry("now")));

        assertThat(id.millis()).isBetween(first / 1_000, first / 1_000 + 60_000);
    }

    @Test
    void answersOnTheContextOfTheCallerAndNeverInsideTheCall() {
        Context caller = vertx().getOrCreateContext();
        Promise<List<Object>> seen = Promise.promise();
        caller.runOnContext(task -> {
            AtomicBoolean returned = new AtomicBoolean();
            broker().append(STREAM, entry("x"))
                    .onComplete(id -> seen.complete(List.of(caller.equals(Vertx.currentContext()), returned.get())));
            returned.set(true);
        });

        assertThat(answerOf(seen.future())).containsExactly(true, true);
    }

    @Test
    void answersCallersWithoutContextOnVertxThreads() {
        Promise<Boolean> seen = Promise.promise();
        broker().length(STREAM).onComplete(length -> seen.complete(Context.isOnVertxThread()));

        assertThat(answerOf(seen.future())).isTrue();
    }

    @Test
    void answersOnVertxThreadsEvenWhenTheAnswerWasThereBeforeTheHandler() {
        Future<Long> answered = broker().length(STREAM);
        await().until(answered::isComplete);
        Promise<Boolean> seen = Promise.promise();
        answered.onComplete(length -> seen.complete(Context.isOnVertxThread()));

        assertThat(answerOf(seen.future())).isTrue();
    }

    @Test
    void keepsTheOrderOfCallsFromOneContext() {
        Promise<Long> length = Promise.promise();
        vertx().getOrCreateContext().runOnContext(task -> {
            numbered(2_000).forEach(fields -> broker().append(STREAM, fields));
            broker().length(STREAM).onComplete(length);
        });

        assertThat(answerOf(length.future())).isEqualTo(2_000);
        assertThat(answerOf(broker().range(STREAM, EntryId.MIN, EntryId.MAX, 5_000)))
                .extracting(StreamEntry::fields)
                .isEqualTo(numbered(2_000));
    }

    @Test
    void servesManyContextsAtOnce() {
        List<Future<List<EntryId>>> appends = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            Promise<List<EntryId>> ids = Promise.promise();
            appends.add(ids.future());
            vertx().createSharedWorkerExecutor("caller-" + caller, 1)
                    .executeBlocking(() -> {
                        List<EntryId> all = new ArrayList<>();
                        for (int i = 0; i < 20; i++) {
                            all.addAll(answerOf(broker().append(STREAM, numbered(25))));
                        }
                        return all;
                    })
                    .onComplete(ids);
        }

        List<EntryId> all = answerOf(Future.all(appends)).<List<EntryId>>list().stream()
                .flatMap(List::stream)
                .toList();
        assertThat(all).hasSize(4_000).doesNotHaveDuplicates();
        assertThat(answerOf(broker().length(STREAM))).isEqualTo(4_000);
    }

    @Test
    void showsEveryBrokerTheSameStreams() {
        StreamBroker other = fixture().connect();
        answerOf(broker().append(STREAM, entry("shared")));

        assertThat(valuesOf(answerOf(other.range(STREAM, EntryId.MIN, EntryId.MAX, 2))))
                .containsExactly("shared");
        answerOf(other.close());
    }

    @Test
    void refusesCallsOnceClosed() {
        StreamBroker closed = fixture().connect();
        answerOf(closed.close());

        assertThat(failureOf(closed.length(STREAM)).reason()).isEqualTo(Reason.UNREACHABLE);
        answerOf(closed.close());
    }

    @Test
    void answersWhatWasSentBeforeItCloses() {
        StreamBroker closing = fixture().connect();
        Future<List<EntryId>> last = closing.append(STREAM, numbered(3_000));
        answerOf(closing.close());

        await().until(last::isComplete);
        assertThat(last.result()).hasSize(3_000);
    }
}
