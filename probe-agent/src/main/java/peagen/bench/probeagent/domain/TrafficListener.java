package peagen.bench.probeagent.domain;

import java.util.List;

/**
 * Hears what the clients of a probe agent ask of Redis, for checks of how a worker behaves. Called on the event loop of the
 * connection, in its order, before the command reaches Redis; must not block. What cannot be followed is not heard: commands
 * beyond the agent's limit of size, and everything on a connection that it only passes through.
 */
public interface TrafficListener {

    /** Hears nothing. */
    TrafficListener NONE = new TrafficListener() {};

    /** A client connected. */
    default void connected(long connection) {}

    /**
     * A client sent a command.
     *
     * @param connection the number that {@link #connected} gave
     * @param arguments the name and its arguments, as they were sent
     * @param atMicros when, µs on the Redis clock
     */
    default void command(long connection, List<byte[]> arguments, long atMicros) {}

    /** A client's connection is over, whoever ended it. */
    default void disconnected(long connection) {}
}
