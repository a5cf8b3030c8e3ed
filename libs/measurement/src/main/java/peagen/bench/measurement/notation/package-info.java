/** Numbers as people read them. */
@NullMarked
package peagen.bench.measurement.notation;

import org.jspecify.annotations.NullMarked;
