package peagen.bench.measurement.regression;

/**
 * What two runs must share before their figures may be set against each other.
 *
 * @param environment where it ran: {@code CPU-FARM-32}
 * @param profile the gate that judged it: {@code v1.0}
 * @param scenario the scenario's name
 * @param scheduleHash the hash over the whole schedule: equal hashes, equal load
 */
public record Conditions(String environment, String profile, String scenario, String scheduleHash) {}
