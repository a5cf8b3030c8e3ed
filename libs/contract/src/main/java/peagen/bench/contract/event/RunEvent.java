package peagen.bench.contract.event;

/** The life of runs and services, on {@code bench.control}. */
public sealed interface RunEvent {

    /** Common to all events. */
    Envelope envelope();

    /** Somebody wants the run that the envelope names; a load generator that waits for orders makes it. */
    record RunRequested(Envelope envelope, RunOrder order) implements RunEvent {}

    /**
     * The run is to end early: it cannot come out well any more. Its load generator closes it as interrupted.
     *
     * @param reason one line for people, which becomes the reason of its {@link RunClosed}
     */
    record StopRequested(Envelope envelope, String reason) implements RunEvent {}

    /** A run is about to start. */
    record RunDeclared(Envelope envelope, RunPlan plan) implements RunEvent {}

    /**
     * A run has ended: no task of it will be enqueued any more, and what still stood in the task stream was reported.
     *
     * @param outcome how it ended
     * @param reason one line for people when it did not complete; empty otherwise
     * @param enqueued how many tasks Redis took
     * @param outstanding how many of them still stood in the task stream
     */
    record RunClosed(Envelope envelope, Outcome outcome, String reason, long enqueued, long outstanding)
            implements RunEvent {}

    /** A service is up and reads its streams. */
    record ServiceStarted(Envelope envelope, String service) implements RunEvent {}

    /** A service has drained and is about to leave. */
    record ServiceStopped(Envelope envelope, String service) implements RunEvent {}

    /**
     * A worker was seen for the first time on a connection: it has claimed, and so it is known what it calls itself.
     *
     * @param worker who it is
     */
    record WorkerConnected(Envelope envelope, SeenWorker worker) implements RunEvent {}

    /**
     * The connection on which a worker claimed is over.
     *
     * @param worker who it is
     * @param inHand how many tasks it had claimed there and not ended: orphans, unless it goes on on another connection
     */
    record WorkerDisconnected(Envelope envelope, SeenWorker worker, long inHand) implements RunEvent {}

    /**
     * Who a worker is, as far as a probe agent can see.
     *
     * @param connection the agent's number for its connection
     * @param consumer what it calls itself in its consumer group
     * @param client the name that it gave its connection; empty without
     * @param peer where it connected from
     * @param container the id of the container that it runs in, or the beginning of it; empty when that is not known
     */
    record SeenWorker(long connection, String consumer, String client, String peer, String container) {}

    /** How a run ended. */
    enum Outcome {
        /** The whole schedule was sent. */
        COMPLETED("completed"),
        /** Somebody stopped it early. */
        INTERRUPTED("interrupted"),
        /** The load generator could not go on. */
        FAILED("failed");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** How it is written. */
        public String label() {
            return label;
        }
    }
}
