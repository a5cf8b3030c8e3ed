/** Durations of a run as mergeable histograms. */
@NullMarked
package peagen.bench.measurement.timing;

import org.jspecify.annotations.NullMarked;
