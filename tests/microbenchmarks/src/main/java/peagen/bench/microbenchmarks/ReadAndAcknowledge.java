package peagen.bench.microbenchmarks;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.StreamEntry;
import peagen.bench.streams.BrokerAddress;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.GroupRead;
import peagen.bench.streams.redis.RedisBroker;

/** Reads events as a collector does and acknowledges them, and that is all: what a collector would be without folding. */
public final class ReadAndAcknowledge {

    private static final int READ = 128;

    private final StreamBroker broker;
    private final GroupRead read;

    private ReadAndAcknowledge(StreamBroker broker, GroupRead read) {
        this.broker = broker;
        this.read = read;
    }

    /**
     * Reads until it is killed.
     *
     * @param args {@code --redis} and the address
     */
    public static void main(String[] args) {
        String events = StreamNames.peagen().events();
        String consumer = "reader-" + ProcessHandle.current().pid();
        GroupRead read = new GroupRead(events, StreamNames.COLLECTORS, consumer, READ, Duration.ofMillis(100));
        RedisBroker.connect(
                        Vertx.vertx(),
                        BrokerAddress.server(args[args.length - 1]).orElseThrow())
                .onSuccess(broker -> new ReadAndAcknowledge(broker, read).go())
                .onFailure(failure -> System.exit(3));
    }

    private void go() {
        broker.readGroup(read)
                .compose(entries -> broker.acknowledge(
                        read.stream(),
                        read.group(),
                        List.copyOf(entries.stream().map(StreamEntry::id).toList())))
                .onSuccess(done -> go())
                .onFailure(failure -> System.exit(3));
    }
}
