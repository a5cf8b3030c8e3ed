package peagen.bench.streams;

import static peagen.bench.streams.Answers.answerOf;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.StreamBroker.GroupRead;

/**
 * Prints how many entries a second go through append, read, acknowledge and delete in batches of 128 with four in flight, on an
 * embedded Redis and on the StubQueue. Not a test: {@code main} only. Compare figures of one run with each other.
 */
final class Throughput {

    private static final int BATCH = 128;
    private static final int IN_FLIGHT = 4;
    private static final String STREAM = "{tasks}";

    private final StreamBroker broker;
    private final List<Fields> batch;
    private final long total;
    private final AtomicLong done = new AtomicLong();
    private long started;

    private Throughput(StreamBroker broker, long total) {
        this.broker = broker;
        this.total = total;
        this.batch = java.util.Collections.nCopies(BATCH, Fields.of("data", new byte[120]));
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        for (String address : List.of(args)) {
            BrokerSource source = answerOf(Brokers.open(vertx, BrokerAddress.parse(address)));
            for (int round = 0; round < 5; round++) {
                StreamBroker broker = answerOf(source.connect());
                new Throughput(broker, 1_500_000).run(vertx, address);
            }
            answerOf(source.close());
        }
        answerOf(vertx.close());
    }

    private void run(Vertx vertx, String name) {
        answerOf(broker.createGroup(STREAM, "g", EntryId.MIN));
        Context context = vertx.getOrCreateContext();
        List<Promise<Void>> lanes = java.util.stream.Stream.generate(Promise::<Void>promise)
                .limit(IN_FLIGHT)
                .toList();
        long start = System.nanoTime();
        context.runOnContext(task -> lanes.forEach(this::lane));
        answerOf(Future.all(lanes.stream().map(Promise::future).toList()));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%-9s %,9.0f entries/s%n", name, done.get() / seconds);
    }

    private void lane(Promise<Void> end) {
        if (started >= total) {
            end.complete();
            return;
        }
        started += BATCH;
        broker.append(STREAM, batch);
        broker.readGroup(new GroupRead(STREAM, "g", "c", BATCH, java.time.Duration.ZERO))
                .compose(entries -> {
                    List<EntryId> ids = entries.stream().map(StreamEntry::id).toList();
                    done.addAndGet(ids.size());
                    return Future.all(broker.acknowledge(STREAM, "g", ids), broker.delete(STREAM, ids));
                })
                .onComplete(next -> lane(end), end::fail);
    }
}
