package peagen.bench.loadgenerator.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import peagen.bench.measurement.schedule.LoadShape;
import peagen.bench.measurement.schedule.PayloadSize;
import peagen.bench.measurement.schedule.Phases;
import peagen.bench.measurement.schedule.Schedule;
import peagen.bench.measurement.schedule.TaskMix;
import peagen.bench.measurement.schedule.TaskRate;

/**
 * A scenario: what is sent, when, and which farm it is meant for. A file describes it without a seed; a seed makes it a
 * schedule.
 *
 * @param name unique among the scenarios, also the file's name
 * @param summary one line for people
 * @param profile the gate file that judges it unless the user names another
 * @param measures the ids of the targets that it measures
 * @param shape the arrival rate over time; empty for a closed load, which sends as fast as the farm takes
 * @param phases the lengths of the phases
 * @param kinds the kinds of task and how often each occurs
 * @param payload how much payload a task carries
 * @param requires what a worker must be capable of to take the tasks
 * @param sendDelayP99 the 99th percentile of the send delay beyond which the run is invalid
 * @param drain how long the farm may take to finish after the last task
 * @param backlog for a closed load: how many unfinished tasks the farm may have before the next is sent
 * @param farm the workers that are started for it when nobody else provides any
 */
public record Scenario(
        String name,
        String summary,
        String profile,
        List<String> measures,
        Optional<LoadShape> shape,
        Phases phases,
        List<TaskMix.Share> kinds,
        PayloadSize payload,
        List<String> requires,
        Duration sendDelayP99,
        Duration drain,
        int backlog,
        FarmPlan farm) {

    /** Copies the lists. */
    public Scenario {
        measures = List.copyOf(measures);
        kinds = List.copyOf(kinds);
        requires = List.copyOf(requires);
    }

    /** The schedule that {@code seed} makes of it; a closed load has one without arrivals. */
    public Schedule schedule(long seed) {
        return new Schedule(shape.orElseGet(LoadShape.Idle::new), phases, new TaskMix(kinds, payload, seed), seed);
    }

    /** The kinds of task, in the order in which the schedule's mix numbers them. */
    public List<String> kindNames() {
        return kinds.stream().map(TaskMix.Share::kind).toList();
    }

    /** The gate file that judges capacity runs unless the user names another: no target of an open load applies to them. */
    public static final String CLOSED_PROFILE = "saturation";

    /** The same tasks with other arrivals; a closed load is judged by {@link #CLOSED_PROFILE}. */
    public Scenario arriving(Arrival arrival) {
        return switch (arrival) {
            case Arrival.At(TaskRate rate) -> with(Optional.of(new LoadShape.Constant(rate)), phases, profile);
            case Arrival.Max max -> with(Optional.empty(), phases, CLOSED_PROFILE);
        };
    }

    /** The same with a steady phase of {@code seconds}. */
    public Scenario steadyFor(int seconds) {
        return with(shape, new Phases(phases.warmUpSeconds(), seconds, phases.coolDownSeconds()), profile);
    }

    /** The same, judged by gate file {@code other}. */
    public Scenario judgedBy(String other) {
        return with(shape, phases, other);
    }

    private Scenario with(Optional<LoadShape> newShape, Phases newPhases, String newProfile) {
        return new Scenario(
                name,
                summary,
                newProfile,
                measures,
                newShape,
                newPhases,
                kinds,
                payload,
                requires,
                sendDelayP99,
                drain,
                backlog,
                farm);
    }
}
