package peagen.bench.gatekeeper.history.domain;

import java.time.Instant;
import peagen.bench.contract.verdict.Verdict;

/** A verdict and when it was said. */
public record StoredVerdict(Verdict verdict, Instant at) {}
