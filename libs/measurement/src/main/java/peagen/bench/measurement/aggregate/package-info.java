/** The fold of task events into what a run is judged by. */
@NullMarked
package peagen.bench.measurement.aggregate;

import org.jspecify.annotations.NullMarked;
