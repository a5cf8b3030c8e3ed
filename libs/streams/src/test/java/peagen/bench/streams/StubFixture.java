package peagen.bench.streams;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import peagen.bench.streams.stub.StubBroker;
import peagen.bench.streams.stub.StubRedis;

/** The StubQueue on a clock that only moves when it is told to. */
final class StubFixture implements BrokerFixture {

    private final Vertx vertx;
    private final AtomicLong clockMicros = new AtomicLong(TimeUnit.DAYS.toMicros(20_000));
    private final StubRedis store = new StubRedis(clockMicros::get);

    StubFixture(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public StreamBroker connect() {
        return new StubBroker(vertx, store);
    }

    @Override
    public void letIdle(Duration time) {
        clockMicros.addAndGet(TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    }

    /** The store takes a read in within the call. */
    @Override
    public boolean hasBlockedReader() {
        return true;
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void close() {}
}
