/** Collectors: fold task events into mergeable deltas, exactly once, and keep the raw record. */
@NullMarked
package peagen.bench.collector;

import org.jspecify.annotations.NullMarked;
