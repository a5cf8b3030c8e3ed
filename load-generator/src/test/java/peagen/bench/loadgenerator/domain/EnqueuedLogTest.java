package peagen.bench.loadgenerator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.LongTable;
import peagen.bench.contract.event.TaskEvent.TasksEnqueued;

class EnqueuedLogTest {

    private final List<TasksEnqueued> events = new ArrayList<>();
    private final EnqueuedLog log =
            new EnqueuedLog(List.of("render"), () -> new Envelope("g", events.size(), "run", 1, 2), events::add);

    private static LongTable rows(long from, int count) {
        LongTable.Builder rows = new LongTable.Builder(TasksEnqueued.COLUMNS);
        for (int i = 0; i < count; i++) {
            rows.set(0, from + i).set(4, 100 + i).endRow();
        }
        return rows.build();
    }

    @Test
    void makesOneEventOfManySends() {
        for (int send = 0; send < 100; send++) {
            log.add(rows(send, 1));
        }
        assertThat(events).isEmpty();
        log.flush();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.size()).isEqualTo(100);
            assertThat(event.kinds()).containsExactly("render");
            assertThat(IntStream.range(0, 100).mapToObj(event::sequence))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 100).mapToObj(Long::valueOf).toList());
            assertThat(event.sentMicros(0)).isEqualTo(100);
        });
    }

    @Test
    void handsAFullBatchOnByItself() {
        log.add(rows(0, 1023));
        assertThat(events).isEmpty();
        log.add(rows(1023, 1));
        assertThat(events).extracting(TasksEnqueued::size).containsExactly(1024);
        log.flush();
        assertThat(events).hasSize(1);
    }

    @Test
    void makesNoEventOfNothing() {
        log.flush();
        assertThat(events).isEmpty();
    }
}
