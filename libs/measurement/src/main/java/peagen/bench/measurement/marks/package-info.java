/** Faults, what they orphaned, and how it ended, as a mergeable part of a run. */
@NullMarked
package peagen.bench.measurement.marks;

import org.jspecify.annotations.NullMarked;
