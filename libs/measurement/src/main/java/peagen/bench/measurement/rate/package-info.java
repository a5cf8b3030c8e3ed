/** Events per second of the Redis clock, and rates over windows of them. */
@NullMarked
package peagen.bench.measurement.rate;

import org.jspecify.annotations.NullMarked;
