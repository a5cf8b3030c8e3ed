package peagen.bench.runner.domain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.MetricsDelta;
import peagen.bench.contract.event.RunEvent;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.measurement.rate.Counter;
import peagen.bench.measurement.rate.SecondCounters;

/**
 * How far one run is, folded from the streams as anybody could: declared, so many tasks enqueued and acknowledged, closed,
 * judged. Not thread-safe.
 */
public final class RunProgress {

    private final String runId;
    private @Nullable RunPlan plan;
    private RunEvent.@Nullable RunClosed closed;
    private @Nullable Verdict verdict;
    private final SecondCounters seconds = new SecondCounters();
    private long lagEntries;

    /** The progress of run {@code runId}. */
    public RunProgress(String runId) {
        this.runId = runId;
    }

    /** Takes a control event; those of other runs are passed over. */
    public void control(RunEvent event) {
        if (event.envelope().runId().equals(runId)) {
            if (event instanceof RunEvent.RunDeclared declared) {
                plan = declared.plan();
            } else if (event instanceof RunEvent.RunClosed end) {
                closed = end;
            }
        }
    }

    /** Takes a delta; those of other runs are passed over. */
    public void delta(MetricsDelta delta) {
        if (delta.envelope().runId().equals(runId)
                && SecondCounters.decode(delta.seconds().bytes())
                        instanceof peagen.bench.contract.Decoded.Known<SecondCounters>(SecondCounters counters)) {
            seconds.merge(counters);
            lagEntries = delta.lagEntries();
        }
    }

    /** Takes a verdict; those of other runs are passed over. */
    public void verdict(Verdict judged) {
        if (judged.runId().equals(runId)) {
            verdict = judged;
        }
    }

    /** The plan, once it is declared. */
    public Optional<RunPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** The end, once it is there. */
    public Optional<RunEvent.RunClosed> closed() {
        return Optional.ofNullable(closed);
    }

    /** The verdict, once it is there. */
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** How many tasks were enqueued, as far as the collectors have seen. */
    public long enqueued() {
        return seconds.total(Counter.ENQUEUED);
    }

    /** How many tasks were acknowledged, as far as the collectors have seen. */
    public long acknowledged() {
        return seconds.total(Counter.COMPLETED) + seconds.total(Counter.FAILED) + seconds.total(Counter.DEAD_LETTERED);
    }

    /** How many tasks were acknowledged in the last whole second that the collectors have seen. */
    public long lastRate() {
        return seconds.seconds().size() < 2
                ? 0
                : seconds.acknowledged(seconds.seconds().last() - 1);
    }

    /** How many event entries wait for a collector. */
    public long lagEntries() {
        return lagEntries;
    }
}
