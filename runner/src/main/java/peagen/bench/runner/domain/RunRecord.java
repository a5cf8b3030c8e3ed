package peagen.bench.runner.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunPlan;

/** {@code run.json}: what was run, where, and how to run it again. Described by {@code docs/run.schema.json}. */
public record RunRecord(
        int schemaVersion,
        String runId,
        String scenario,
        String environment,
        String profile,
        long seed,
        String scheduleHash,
        String startedAt,
        int warmUpSeconds,
        int steadySeconds,
        int coolDownSeconds,
        long plannedTasks,
        String load,
        Redis redis,
        String services,
        Host host,
        String version,
        String outcome,
        List<String> command,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Replicate replicate) {

    /** The version of the shape that this build writes. */
    public static final int SCHEMA_VERSION = 1;

    /** Copies the list. */
    public RunRecord {
        command = List.copyOf(command);
    }

    /** The Redis that was used; {@code address} never holds a password. */
    public record Redis(
            String mode, String address, @Nullable String version) {}

    /** The machine that ran {@code bench}. */
    public record Host(String os, int cpus, long memoryBytes, String java) {}

    /** Which of several runs that are judged together it was; absent for a run that stands alone. */
    public record Replicate(String set, int number, int of) {

        private static @Nullable Replicate of(Replication which) {
            return which.isAlone() ? null : new Replicate(which.set(), which.number(), which.of());
        }
    }

    /** The record of {@code spec}, which was planned as {@code plan} and ended with {@code outcome}. */
    public static RunRecord of(RunSpec spec, RunPlan plan, Redis redis, Host host, String version, String outcome) {
        return new RunRecord(
                SCHEMA_VERSION,
                spec.request().runId(),
                plan.scenario(),
                plan.environment(),
                plan.profile(),
                plan.seed(),
                plan.scheduleHash(),
                Instant.ofEpochSecond(plan.startMicros() / 1_000_000).toString(),
                plan.warmUpSeconds(),
                plan.steadySeconds(),
                plan.coolDownSeconds(),
                plan.plannedTasks(),
                plan.load().label(),
                redis,
                spec.services().label(),
                host,
                version,
                outcome,
                spec.command(),
                Replicate.of(plan.replication()));
    }
}
