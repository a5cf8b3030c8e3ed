package peagen.bench.gatekeeper.domain;

import peagen.bench.contract.verdict.Verdict;

/**
 * A run that is to be judged again, because events came after its verdict.
 *
 * @param run the run with them
 * @param said its verdict without them
 * @param lateEvents how many they are
 * @param unsure whether the verdict was said by a gatekeeper before this one, so that nobody knows what is in it
 */
public record LateJudgement(RipeRun run, Verdict said, long lateEvents, boolean unsure) {}
