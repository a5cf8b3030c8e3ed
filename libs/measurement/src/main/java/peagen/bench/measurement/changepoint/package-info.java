/** Where a history of figures changed. */
@NullMarked
package peagen.bench.measurement.changepoint;

import org.jspecify.annotations.NullMarked;
