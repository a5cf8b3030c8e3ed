/** The server's clock as seen from here. */
@NullMarked
package peagen.bench.streams.clock;

import org.jspecify.annotations.NullMarked;
