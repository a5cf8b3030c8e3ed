/** The stream port, its Redis and in-memory adapters, and the server's clock as seen from here. */
@NullMarked
package peagen.bench.streams;

import org.jspecify.annotations.NullMarked;
