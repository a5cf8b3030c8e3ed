/** What an evolution cost and how far it came, as a mergeable part of a run. */
@NullMarked
package peagen.bench.measurement.evolution;

import org.jspecify.annotations.NullMarked;
