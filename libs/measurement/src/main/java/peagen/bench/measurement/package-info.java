/** Schedules, timings, histograms, the ledger, statistics, targets and verdicts: pure functions of what was observed. */
@NullMarked
package peagen.bench.measurement;

import org.jspecify.annotations.NullMarked;
