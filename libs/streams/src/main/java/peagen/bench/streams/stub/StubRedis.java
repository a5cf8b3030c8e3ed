package peagen.bench.streams.stub;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The store that the StubQueue's brokers share, in the place of a server. Thread-safe: one lock guards everything, and no
 * handler ever runs under it.
 */
public final class StubRedis {

    private final LongSupplier clockMicros;
    private final Map<String, StubStream> streams = new HashMap<>();
    private final Map<String, StubValue> values = new HashMap<>();

    /** A store on the machine's clock. */
    public StubRedis() {
        this(() -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    }

    /** A store on a clock of microseconds since the Unix epoch, which tests can turn. It rules ids and idle times. */
    public StubRedis(LongSupplier clockMicros) {
        this.clockMicros = clockMicros;
    }

    /** Forgets everything, as FLUSHALL does. */
    public synchronized void flush() {
        streams.forEach((name, stream) -> {
            stream.entries().clear();
            stream.groups().clear();
        });
        streams.values().removeIf(stream -> stream.blocked().isEmpty());
        values.clear();
    }

    long nowMicros() {
        return clockMicros.getAsLong();
    }

    /** Works on the stream, which is created when it is missing. */
    synchronized <T> T with(String stream, Function<StubStream, T> work) {
        return work.apply(streams.computeIfAbsent(stream, missing -> new StubStream(clockMicros)));
    }

    /** Works on the stream; {@code otherwise} when it is missing. */
    synchronized <T> T ifPresent(String stream, T otherwise, Function<StubStream, T> work) {
        return Optional.ofNullable(streams.get(stream)).map(work).orElse(otherwise);
    }

    /** What each of {@code keys} holds now. */
    synchronized List<Optional<StubValue>> values(List<String> keys) {
        values.values().removeIf(value -> value.endsMicros() <= nowMicros());
        return keys.stream().map(key -> Optional.ofNullable(values.get(key))).toList();
    }

    synchronized void put(String key, StubValue value) {
        values.put(key, value);
    }

    /** Does {@code work} as one step; it may call the other methods. */
    synchronized void atomically(Runnable work) {
        work.run();
    }

    /** Ends the reads in which {@code owner} waits. */
    synchronized void release(StubBroker owner) {
        for (StubStream stream : streams.values()) {
            stream.blocked().removeIf(read -> {
                boolean own = read.owner() == owner;
                if (own) {
                    read.answer(List.of());
                }
                return own;
            });
        }
    }
}
