/** What became of every task of a run, exactly, at a fraction of a byte per task. */
@NullMarked
package peagen.bench.measurement.ledger;

import org.jspecify.annotations.NullMarked;
