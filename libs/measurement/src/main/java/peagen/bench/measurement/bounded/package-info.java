/** Maps of bounded size that merge as if they had none. */
@NullMarked
package peagen.bench.measurement.bounded;

import org.jspecify.annotations.NullMarked;
