package peagen.bench.loadgenerator;

import peagen.bench.contract.StreamNames;
import peagen.bench.loadgenerator.domain.Scenario;

/**
 * A run to be made.
 *
 * @param runId unique among all runs on the server
 * @param scenario what to send
 * @param seed what every random choice derives from
 * @param environment where it runs: {@code DEV-STUB}, {@code CPU-FARM-32}, …
 * @param streams the farm's streams
 */
public record RunRequest(String runId, Scenario scenario, long seed, String environment, StreamNames streams) {}
