package peagen.bench.streams;

import java.util.Optional;
import peagen.bench.streams.BrokerException.Reason;

/** Where the streams live: on a Redis somewhere, on a Redis started for the occasion, or in this JVM's memory. */
public sealed interface BrokerAddress permits RedisAddress, BrokerAddress.Embedded, BrokerAddress.Stub {

    /** A Redis server of our own, started on a free port of the loopback interface and stopped at the end. */
    record Embedded() implements BrokerAddress {
        @Override
        public String toString() {
            return "embedded";
        }
    }

    /** The in-memory StubQueue. */
    record Stub() implements BrokerAddress {
        @Override
        public String toString() {
            return "stub://";
        }
    }

    /**
     * Reads an address given for the setting {@code REDIS}.
     *
     * @throws BrokerException with {@link Reason#BAD_ADDRESS} and one line that says what was expected
     */
    static BrokerAddress parse(String text) {
        return parse("REDIS", text);
    }

    /**
     * Reads an address given for {@code setting}.
     *
     * @throws BrokerException with {@link Reason#BAD_ADDRESS} and one line that says what was expected
     */
    static BrokerAddress parse(String setting, String text) {
        return switch (text) {
            case "embedded" -> new Embedded();
            case "stub", "stub://" -> new Stub();
            default -> new RedisAddressParser(setting, text).parse();
        };
    }

    /** What a setting for a Redis server expects, to finish the sentence "got 'x', expected …". */
    String EXPECTED_SERVER = "redis://[user:password@]host[:port][/database] or rediss://… for TLS";

    /** Reads the address of a Redis server, for processes that share it with others; empty when {@code text} is not one. */
    static Optional<RedisAddress> server(String text) {
        try {
            return parse(text) instanceof RedisAddress redis ? Optional.of(redis) : Optional.empty();
        } catch (BrokerException notAnAddress) {
            return Optional.empty();
        }
    }
}
