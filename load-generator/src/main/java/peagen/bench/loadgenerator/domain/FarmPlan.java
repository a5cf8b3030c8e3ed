package peagen.bench.loadgenerator.domain;

import java.time.Duration;
import peagen.bench.measurement.schedule.Handling;

/**
 * The reference workers that a scenario is meant for.
 *
 * @param workers how many of them
 * @param claimBatch how many tasks one claims in a read, at most
 * @param concurrency how many tasks one has in hand, at most
 * @param handler what a task takes
 * @param serviceTime its mean (median for the log-normal); unused by {@link Handling#NOOP}
 * @param failProbability how likely a task fails
 * @param resultsKept how many entries the result stream is trimmed to, about
 */
public record FarmPlan(
        int workers,
        int claimBatch,
        int concurrency,
        Handling handler,
        Duration serviceTime,
        double failProbability,
        long resultsKept) {}
