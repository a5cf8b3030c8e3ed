package peagen.bench.contract.task;

import peagen.bench.contract.Phase;

/**
 * What the load generator writes into a task so that whoever observes it can account for it. It travels inside the payload
 * under {@value #PAYLOAD_KEY}, because real consumers raise on unknown keys at the top level.
 *
 * @param runId the run that the task belongs to
 * @param sequence the task's number within the run, from 0
 * @param intendedStartMicros when the schedule wanted it sent, on the Redis server's clock, µs since the Unix epoch
 * @param phase the phase that the intended start lies in
 */
public record TaskTag(String runId, long sequence, long intendedStartMicros, Phase phase) {

    /** The payload key that holds the tag. */
    public static final String PAYLOAD_KEY = "bench";
}
