package peagen.bench.gatekeeper.edge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import peagen.bench.contract.verdict.Verdict;
import peagen.bench.gatekeeper.history.domain.StoredVerdict;

/**
 * What was said of a run.
 *
 * @param verdict its highest revision
 * @param atMicros when its first verdict was written
 */
record Said(Verdict verdict, long atMicros) {

    static Said latest(Said one, Said other) {
        Verdict verdict = other.verdict.revision() > one.verdict.revision() ? other.verdict : one.verdict;
        return new Said(verdict, Math.min(one.atMicros, other.atMicros));
    }

    /** Of the stream and the store together. */
    static Optional<Said> latest(Optional<Said> onStream, List<StoredVerdict> stored) {
        return Stream.concat(
                        onStream.stream(),
                        stored.stream()
                                .map(one ->
                                        new Said(one.verdict(), ChronoUnit.MICROS.between(Instant.EPOCH, one.at()))))
                .reduce(Said::latest);
    }

    /** What was written down and is not on the stream yet. */
    static List<Verdict> missing(Optional<Said> onStream, List<StoredVerdict> stored) {
        int there = onStream.map(said -> said.verdict.revision()).orElse(0);
        return stored.stream()
                .map(StoredVerdict::verdict)
                .filter(verdict -> verdict.revision() > there)
                .toList();
    }
}
