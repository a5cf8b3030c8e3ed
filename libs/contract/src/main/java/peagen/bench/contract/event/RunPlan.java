package peagen.bench.contract.event;

import java.util.List;

/**
 * What a run sets out to do, declared before its first task.
 *
 * @param scenario the scenario's name
 * @param environment where it runs: {@code DEV-STUB}, {@code CPU-FARM-32}, …
 * @param profile the gate file that is to judge it: {@code v0.9}, {@code v1.0}, {@code smoke}, …
 * @param seed what every random choice of the run derives from
 * @param scheduleHash SHA-256 over the whole schedule, hexadecimal: equal hashes, equal load
 * @param plannedTasks how many tasks the schedule holds; 0 when the load is closed and there is no telling
 * @param startMicros the first instant of the run, a whole second on the Redis clock, µs since the Unix epoch
 * @param warmUpSeconds length of the warm-up
 * @param steadySeconds length of the steady phase
 * @param coolDownSeconds length of the cool-down
 * @param load whether arrivals wait for the farm
 * @param sendDelayP99BoundMicros the 99th percentile of the send delay beyond which the run is invalid
 * @param measures the ids of the targets that the scenario measures
 * @param replication which of several runs of the same that are judged together it is
 */
public record RunPlan(
        String scenario,
        String environment,
        String profile,
        long seed,
        String scheduleHash,
        long plannedTasks,
        long startMicros,
        int warmUpSeconds,
        int steadySeconds,
        int coolDownSeconds,
        Load load,
        long sendDelayP99BoundMicros,
        List<String> measures,
        Replication replication) {

    /** A run that stands alone. */
    public RunPlan(
            String scenario,
            String environment,
            String profile,
            long seed,
            String scheduleHash,
            long plannedTasks,
            long startMicros,
            int warmUpSeconds,
            int steadySeconds,
            int coolDownSeconds,
            Load load,
            long sendDelayP99BoundMicros,
            List<String> measures) {
        this(
                scenario,
                environment,
                profile,
                seed,
                scheduleHash,
                plannedTasks,
                startMicros,
                warmUpSeconds,
                steadySeconds,
                coolDownSeconds,
                load,
                sendDelayP99BoundMicros,
                measures,
                Replication.ALONE);
    }

    /** Whether arrivals wait for the farm. */
    public enum Load {
        /** Arrivals follow the schedule whatever the farm does; response times start at the intended start. */
        OPEN("open"),
        /** The next task waits until the farm has taken enough of the last ones: a capacity run, blind to waiting time. */
        CLOSED("closed");

        private final String label;

        Load(String label) {
            this.label = label;
        }

        /** How it is written. */
        public String label() {
            return label;
        }
    }

    /** Copies the list. */
    public RunPlan {
        measures = List.copyOf(measures);
    }

    /** The same as one of several that are judged together. */
    public RunPlan replicating(Replication which) {
        return new RunPlan(
                scenario,
                environment,
                profile,
                seed,
                scheduleHash,
                plannedTasks,
                startMicros,
                warmUpSeconds,
                steadySeconds,
                coolDownSeconds,
                load,
                sendDelayP99BoundMicros,
                measures,
                which);
    }

    /** Length of all phases together. */
    public int totalSeconds() {
        return warmUpSeconds + steadySeconds + coolDownSeconds;
    }
}
