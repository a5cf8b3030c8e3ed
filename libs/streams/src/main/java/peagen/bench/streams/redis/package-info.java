/** The stream port on a real Redis, and a Redis server to start for the occasion. */
@NullMarked
package peagen.bench.streams.redis;

import org.jspecify.annotations.NullMarked;
