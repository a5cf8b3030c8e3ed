package peagen.bench.runner.edge;

import io.vertx.core.Future;

/** The services of one run, wherever they live. They talk to each other, and the runner to them, through streams alone. */
public interface Farm {

    /** Brings up collector, gatekeeper and workers; completes when all of them read their streams. */
    Future<Void> start();

    /**
     * Starts the run. Completes when the load generator is done with it, fails when the run could not be made at all; how it
     * went is told on the streams.
     */
    Future<Void> run();

    /** Asks the load generator to close the run early. From any thread. */
    void interrupt(String reason);

    /** Drains and stops every service; completes when nothing of them is left. */
    Future<Void> stop();
}
