package peagen.bench.service.log;

/** What a line of the log looks like. */
public enum LogFormat {
    /** JSON in a container that no terminal watches, else text. */
    AUTO,
    /** {@code 2025-06-01T14:05:23.123Z INFO  gatekeeper.Main: verdict published runId=r1}. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
