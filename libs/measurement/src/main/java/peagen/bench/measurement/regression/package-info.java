/** A run against the runs before it: which of them are its baseline, and whether it is worse than they are. */
@NullMarked
package peagen.bench.measurement.regression;

import org.jspecify.annotations.NullMarked;
