package peagen.bench.runner.webhook.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.contract.verdict.VerdictState;

/** A verdict of a run that never was, for somebody who tries out a receiver. */
public final class SampleVerdict {

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SampleVerdict() {}

    /** A red one, because receivers have more to do then; its run's id says that it is a sample. */
    public static Verdict at(Instant now) {
        return new Verdict(
                Verdict.SCHEMA_VERSION,
                1,
                "sample-" + ID.format(now),
                "webhook-test",
                "LOCAL",
                "v1.0",
                42,
                "",
                VerdictState.FAIL,
                VerdictState.FAIL.exitCode(),
                List.of("this is a sample, sent by 'bench webhook send-test'; nothing was measured"),
                List.of(
                        target("PT-3", VerdictState.FAIL, "queue_throughput_tpm", 9000.5, 10_000, ">=", "tasks/min"),
                        target("tasks_lost", VerdictState.PASS, "tasks_lost", 0, 0, "<=", "tasks")),
                new Verdict.Ledger(24_000, 23_997, 0, 3, 0, 0, 0, 0),
                new Verdict.Harness(900, 4100, 12, 250, 0),
                Map.of(),
                new Verdict.Throughput(9000.5, 8990.0, 60));
    }

    private static Verdict.Target target(
            String id,
            VerdictState state,
            String metric,
            double observed,
            double limit,
            String comparator,
            String unit) {
        String reason = "%s: %s %s, limit %s %s".formatted(state, observed, unit, comparator, limit);
        return new Verdict.Target(id, metric, state, observed, limit, comparator, unit, 24_000, "a sample", reason);
    }
}
