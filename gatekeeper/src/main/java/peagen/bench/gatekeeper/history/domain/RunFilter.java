package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import java.util.Optional;
import peagen.bench.contract.verdict.VerdictState;

/** Which runs are looked for; what is empty does not matter. {@code since} is inclusive, {@code until} is not; both are of {@link StoredRun#created()}. */
public record RunFilter(
        Optional<String> scenario,
        Optional<String> environment,
        Optional<String> profile,
        Optional<String> repository,
        Optional<String> sha,
        Optional<String> set,
        Optional<Stage> stage,
        Optional<VerdictState> state,
        Optional<Instant> since,
        Optional<Instant> until) {

    /** Every run. */
    public static final RunFilter ALL = new RunFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
