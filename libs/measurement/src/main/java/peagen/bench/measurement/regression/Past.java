package peagen.bench.measurement.regression;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the time before a run. A set of replicates is one run here, by the name of the set.
 *
 * @param runs what it may be compared with
 * @param set the earlier replicates of the run's own set; empty when there are none
 */
public record Past(List<PastRun> runs, Optional<PastRun> set) {

    /** Nothing is known. */
    public static final Past NONE = new Past(List.of(), Optional.empty());

    /** Copies the list. */
    public Past {
        runs = List.copyOf(runs);
    }

    /**
     * The past of a run.
     *
     * @param name the name of the run's set; the run's id when it stands alone
     * @param runs everything before it, in any order, its own set among it
     */
    public static Past of(String name, List<PastRun> runs) {
        return new Past(
                runs.stream().filter(run -> !run.runId().equals(name)).toList(),
                runs.stream().filter(run -> run.runId().equals(name)).findFirst());
    }
}
