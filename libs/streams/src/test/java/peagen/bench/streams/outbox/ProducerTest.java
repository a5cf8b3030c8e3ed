package peagen.bench.streams.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import peagen.bench.contract.event.Envelope;

class ProducerTest {

    private final AtomicLong clock = new AtomicLong(1_000);
    private final Producer producer = new Producer("probe-1", clock::get, () -> 7);

    @Test
    void stampsEventsWithItsNameItsCountAndItsClock() {
        Envelope first = producer.envelope("run-1");
        clock.set(2_000);
        Envelope second = producer.envelope("run-2");

        assertThat(first).isEqualTo(new Envelope("probe-1", 0, "run-1", 1_000, 7));
        assertThat(second).isEqualTo(new Envelope("probe-1", 1, "run-2", 2_000, 7));
        assertThat(producer.name()).isEqualTo("probe-1");
        assertThat(producer.nowMicros()).isEqualTo(2_000);
    }

    @Test
    void countsWithoutGapsFromManyThreads() throws InterruptedException {
        Set<Long> sequences = ConcurrentHashMap.newKeySet();
        Thread[] threads = IntStream.range(0, 4)
                .mapToObj(t -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        sequences.add(producer.envelope("run-1").producerSequence());
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(sequences).isEqualTo(LongStream.range(0, 4_000).boxed().collect(Collectors.toSet()));
    }

    @Test
    void uniqueNamesBeginWithTheServiceAndDiffer() {
        Set<String> names = IntStream.range(0, 20)
                .mapToObj(i -> Producer.uniqueName("probe-agent"))
                .collect(Collectors.toSet());

        assertThat(names).allMatch(name -> name.matches("probe-agent-[0-9a-f]{12}"));
        // 20 out of 281 million million.
        assertThat(names).hasSize(20);
    }
}
