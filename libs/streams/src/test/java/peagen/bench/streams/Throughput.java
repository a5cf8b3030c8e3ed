package peagen.bench.streams;

import static peagen.bench.streams.Answers.answerOf;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.contract.entry.Fields;
import peagen.bench.streams.StreamBroker.GroupRead;

/**
 * Prints how many entries a second go through append, read, acknowledge and delete in batches of 128 with four in flight, on
 * an embedded Redis and on the StubQueue, or on the addresses given. Not a test, {@code main} only: compare the figures of one
 * run with each other, and with nothing else.
 */
final class Throughput {

    private static final int BATCH = 128;
    private static final int IN_FLIGHT = 4;
    private static final int ENTRIES = 1_000_000;
    private static final int ROUNDS = 4;
    private static final String STREAM = "{tasks}";

    private final StreamBroker broker;
    private final List<Fields> batch = Collections.nCopies(BATCH, Fields.of("data", new byte[120]));
    private final boolean deleting;
    private int left = ENTRIES;
    private long done;

    private Throughput(StreamBroker broker, boolean deleting) {
        this.broker = broker;
        this.deleting = deleting;
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        for (String address : args.length == 0 ? List.of("embedded", "stub") : List.of(args)) {
            BrokerSource source = answerOf(Brokers.open(vertx, BrokerAddress.parse(address)));
            for (int round = 0; round < ROUNDS; round++) {
                for (boolean deleting : new boolean[] {false, true}) {
                    StreamBroker broker = answerOf(source.connect());
                    double rate = new Throughput(broker, deleting).run(vertx);
                    System.out.printf(
                            "%-9s append+read+ack%-7s %,9.0f entries/s%n", address, deleting ? "+delete" : "", rate);
                    answerOf(broker.trimToLength(STREAM, 0));
                    answerOf(broker.close());
                }
            }
            answerOf(source.close());
        }
        answerOf(vertx.close());
    }

    private double run(Vertx vertx) {
        answerOf(broker.createGroup(STREAM, "g", EntryId.MIN));
        List<Promise<Void>> lanes =
                Stream.generate(Promise::<Void>promise).limit(IN_FLIGHT).toList();
        long start = System.nanoTime();
        vertx.getOrCreateContext().runOnContext(task -> lanes.forEach(this::lane));
        answerOf(Future.all(lanes.stream().map(Promise::future).toList()));
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private void lane(Promise<Void> end) {
        if (left <= 0) {
            end.complete();
            return;
        }
        left -= BATCH;
        Future<List<EntryId>> appended = broker.append(STREAM, batch);
        Future<List<EntryId>> read = broker.readGroup(new GroupRead(STREAM, "g", "c", BATCH, Duration.ZERO))
                .map(Answers::idsOf);
        Future.all(appended, read)
                .compose(both -> {
                    List<EntryId> ids = read.result();
                    done += ids.size();
                    Future<Long> acknowledged = broker.acknowledge(STREAM, "g", ids);
                    return Future.all(acknowledged, deleting ? broker.delete(STREAM, ids) : acknowledged);
                })
                .onComplete(next -> lane(end), end::fail);
    }
}
