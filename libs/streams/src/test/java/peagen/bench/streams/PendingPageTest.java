package peagen.bench.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static peagen.bench.streams.Answers.answerOf;
import static peagen.bench.streams.Answers.idsOf;
import static peagen.bench.streams.Answers.numbered;
import static peagen.bench.streams.Answers.read;
import static peagen.bench.streams.Answers.valuesOf;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

class PendingPageTest {

    private static final String STREAM = "s";
    private static final String GROUP = "g";

    private final Vertx vertx = Vertx.vertx();
    private final StreamBroker broker = new StubBroker(vertx, new StubRedis());

    @AfterEach
    void closeVertx() {
        answerOf(vertx.close());
    }

    private List<StreamEntry> delivered(String consumer, int count) {
        return answerOf(broker.readGroup(read(STREAM, GROUP, consumer, count)));
    }

    private PendingPage page(String consumer, EntryId from, int count) {
        return answerOf(PendingPage.read(broker, STREAM, GROUP, consumer, from, count));
    }

    @Test
    void bringsBackWhatTheConsumerHasNotAcknowledged() {
        answerOf(broker.append(STREAM, numbered(6)));
        List<StreamEntry> own = delivered("a", 3);
        delivered("b", 2);
        answerOf(broker.acknowledge(STREAM, GROUP, List.of(own.get(1).id())));

        PendingPage page = page("a", EntryId.MIN, 100);

        assertThat(valuesOf(page.entries())).containsExactly("0", "2");
        assertThat(page.gone()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @Test
    void namesPendingEntriesThatWereDeleted() {
        answerOf(broker.append(STREAM, numbered(3)));
        List<StreamEntry> own = delivered("a", 3);
        answerOf(broker.delete(STREAM, List.of(own.get(0).id(), own.get(2).id())));

        PendingPage page = page("a", EntryId.MIN, 100);

        assertThat(valuesOf(page.entries())).containsExactly("1");
        assertThat(page.gone()).containsExactly(own.get(0).id(), own.get(2).id());
    }

    @Test
    void pagesLeadToTheEndPastPagesOfOthers() {
        answerOf(broker.append(STREAM, numbered(20)));
        List<StreamEntry> first = delivered("a", 5);
        delivered("b", 8);
        List<StreamEntry> last = delivered("a", 7);

        List<EntryId> found = new ArrayList<>();
        int pages = 0;
        Optional<EntryId> from = Optional.of(EntryId.MIN);
        while (from.isPresent()) {
            PendingPage page = page("a", from.get(), 4);
            found.addAll(idsOf(page.entries()));
            from = page.next();
            pages++;
        }

        List<EntryId> expected = new ArrayList<>(idsOf(first));
        expected.addAll(idsOf(last));
        assertThat(found).isEqualTo(expected);
        assertThat(pages)
                .as("five full ones, and one to find that there is no more")
                .isEqualTo(6);
    }

    @Test
    void aConsumerWithNothingPendingHasAnEmptyPage() {
        assertThat(page("a", EntryId.MIN, 10)).isEqualTo(new PendingPage(List.of(), List.of(), Optional.empty()));
    }
}
