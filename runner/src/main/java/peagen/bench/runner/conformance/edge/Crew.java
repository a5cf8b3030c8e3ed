package peagen.bench.runner.conformance.edge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import peagen.bench.runner.conformance.domain.ConformanceSpec;
import peagen.bench.runner.domain.Ending;
import peagen.bench.runner.edge.WorkerProcess;

/** Keeps workers alive as a farm's spawner does: one that ends is replaced, until too many have crashed. One thread. */
final class Crew {

    private static final int ENOUGH_CRASHES = 5;

    private final ConformanceSpec spec;
    private final String queueUrl;
    private final List<WorkerProcess> live = new ArrayList<>();
    private final List<Ending> crashes = new ArrayList<>();
    private int wanted;
    private int started;

    Crew(ConformanceSpec spec, String queueUrl) {
        this.spec = spec;
        this.queueUrl = queueUrl;
    }

    /** From now on {@code workers} are to be alive. */
    void keep(int workers) {
        wanted = workers;
        tend();
    }

    /** Replaces who has ended. */
    void tend() {
        for (WorkerProcess worker : List.copyOf(live)) {
            worker.ending().ifPresent(ending -> {
                live.remove(worker);
                if (ending.exitCode() != 0) {
                    crashes.add(ending);
                }
            });
        }
        while (live.size() < wanted && !isGivenUp()) {
            live.add(start(2));
        }
    }

    /** A worker that nobody replaces. */
    WorkerProcess start(int concurrency) {
        started++;
        String name = "conformance-" + started;
        Path log = spec.logs().resolve(name + ".log");
        return WorkerProcess.start(spec.command(), spec.environment(queueUrl, name, concurrency), log);
    }

    /** Whether workers crash whatever one does. */
    boolean isGivenUp() {
        return crashes.size() >= ENOUGH_CRASHES;
    }

    /** How many have crashed so far. */
    int crashes() {
        return crashes.size();
    }

    /** How the last one crashed after {@code before} others had. */
    Optional<Ending> crashAfter(int before) {
        return crashes.size() > before ? Optional.of(crashes.get(crashes.size() - 1)) : Optional.empty();
    }

    /** Kills all; {@link #keep} starts others. */
    void kill() throws InterruptedException {
        tend();
        wanted = 0;
        for (WorkerProcess worker : live) {
            worker.kill();
        }
        live.clear();
    }

    /** Sends SIGTERM to all and replaces nobody any more. */
    List<WorkerProcess> ask() {
        tend();
        wanted = 0;
        List<WorkerProcess> asked = List.copyOf(live);
        asked.forEach(WorkerProcess::ask);
        live.clear();
        return asked;
    }

    /** Leaves no process behind. */
    void abandon() {
        wanted = 0;
        live.forEach(WorkerProcess::abandon);
        live.clear();
    }
}
