package peagen.bench.contract.event;

/**
 * What every event of ours carries.
 *
 * @param producer who wrote it: a name that no other process used within a day, such as {@code probe-agent-3f2a91c05b7e}
 * @param producerSequence the producer's own count of its events, from 0, without gaps
 * @param runId the run it belongs to; {@value #NO_RUN} for events of no run
 * @param occurredAtMicros when, on the Redis server's clock, µs since the Unix epoch
 * @param clockUncertaintyMicros how far {@code occurredAtMicros} and every other time in the event may be off, ± µs
 */
public record Envelope(
        String producer, long producerSequence, String runId, long occurredAtMicros, long clockUncertaintyMicros) {

    /** The schema version that this build writes, and the only one that it reads. */
    public static final int SCHEMA_VERSION = 1;

    /** The run id of events that belong to no run. */
    public static final String NO_RUN = "-";

    /** The event's identity: the same event delivered twice has the same. */
    public String eventId() {
        return producer + ":" + producerSequence;
    }
}
