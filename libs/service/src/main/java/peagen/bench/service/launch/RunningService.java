package peagen.bench.service.launch;

import io.vertx.core.Future;

/** A service that has started. */
public interface RunningService {

    /**
     * Stops in order: stops reading, drains, acknowledges, flushes, closes. Called once, from any thread. The launcher waits a
     * bounded time for it and closes Vert.x afterwards.
     */
    Future<Void> stop();

    /** Completes when the service has ended its work by itself, with what the process ends with; a daemon's never does. */
    default Future<ExitCode> done() {
        return Future.future(never -> {});
    }

    /** What the launcher prints after the program's name when it has started, such as where its metrics are; one line. */
    default String announcement() {
        return "running";
    }
}
