/** The compact binary form that the mergeable parts travel in. */
@NullMarked
package peagen.bench.measurement.wire;

import org.jspecify.annotations.NullMarked;
