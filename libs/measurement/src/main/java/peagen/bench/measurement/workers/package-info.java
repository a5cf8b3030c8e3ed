/** When workers started, claimed for the first time and stopped, as a mergeable part of a run. */
@NullMarked
package peagen.bench.measurement.workers;

import org.jspecify.annotations.NullMarked;
