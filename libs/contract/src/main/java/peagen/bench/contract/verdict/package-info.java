/** The verdict of a run as CI reads it: {@code verdict.json} and the entry on {@code bench.verdicts}. */
@NullMarked
package peagen.bench.contract.verdict;

import org.jspecify.annotations.NullMarked;
