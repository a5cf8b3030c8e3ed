package peagen.bench.streams;

import java.time.Duration;

/** A server, real or not, as the contract suites need one. */
public interface BrokerFixture extends AutoCloseable {

    /** A further broker on the same server. */
    StreamBroker connect();

    /** Lets pending entries be idle for {@code time}. */
    void letIdle(Duration time);

    /** Whether the server has a read that waits for entries. */
    boolean hasBlockedReader();

    /** Loses everything. */
    void flush();

    @Override
    void close();
}
