package peagen.bench.runner.edge;

import io.vertx.core.Future;

/** The services of one run, wherever they live. They talk to each other, and the runner to them, through streams alone. */
public interface Farm {

    /** Brings up collector, gatekeeper and workers; completes when all of them read their streams. */
    Future<Void> start();

    /**
     * Starts the run. Completes, with a line that says how it ended, when the load generator is done; how the run went is told
     * on the streams. Fails when it could not be made at all.
     */
    Future<String> run();

    /** Asks the load generator to close the run early. From any thread. */
    void interrupt(String reason);

    /** Fails when a service has gone without which there will be no verdict; completes never. */
    Future<Void> broken();

    /** Drains and stops every service; completes when nothing of them is left. */
    Future<Void> stop();
}
