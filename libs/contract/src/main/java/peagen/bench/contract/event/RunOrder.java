package peagen.bench.contract.event;

import java.util.Optional;

/**
 * A run that somebody wants, in the words of the load generator's settings. What is empty is the scenario's own.
 *
 * @param scenario the scenario's name, as its file is called
 * @param profile the gate that is to judge it
 * @param environment where it is made: {@code CPU-FARM-32}; empty for what the load generator was started with
 * @param seed what every random choice derives from
 * @param rate the arrivals as the load generator's {@code --rate} takes them
 * @param steadySeconds length of the steady phase
 * @param replication which replicate it is
 */
public record RunOrder(
        String scenario,
        Optional<String> profile,
        Optional<String> environment,
        long seed,
        Optional<String> rate,
        Optional<Integer> steadySeconds,
        Replication replication) {}
