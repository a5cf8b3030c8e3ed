package peagen.bench.gatekeeper;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import peagen.bench.contract.event.Replication;
import peagen.bench.contract.event.RunPlan;

/** The plan of a run of the scenario smoke that measures PT-3. */
public final class SamplePlan {

    private SamplePlan() {}

    public static RunPlan at(Instant start, Replication replication) {
        return new RunPlan(
                        "smoke",
                        "DEV-STUB",
                        "v1.0",
                        42,
                        "00ff",
                        100,
                        ChronoUnit.MICROS.between(Instant.EPOCH, start),
                        0,
                        5,
                        0,
                        RunPlan.Load.OPEN,
                        50_000,
                        List.of("PT-3"))
                .replicating(replication);
    }
}
