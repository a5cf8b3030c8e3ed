package peagen.bench.contract.task;

/**
 * A result as it stands in the {@code data} field of an entry of the result stream.
 *
 * @param taskId the id of the task
 * @param status how it ended
 * @param data handler specific JSON object; auditing wants {@code handler_version}, {@code image_tag}, {@code worker_id}
 * @param createdAt ISO 8601 in UTC with one-second resolution
 * @param attempts which attempt this is, from 1
 */
public record ResultEnvelope(String taskId, Status status, RawJson data, String createdAt, int attempts) {

    /** How a task ended. */
    public enum Status {
        /** The handler did its work. */
        OK("ok"),
        /** The handler failed. */
        ERROR("error"),
        /** The handler declined. */
        SKIP("skip");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        /** How it is written in the JSON. */
        public String label() {
            return label;
        }
    }
}
