/** The names of metrics, as whoever scrapes the services sees them. */
@NullMarked
package peagen.bench.endtoend.names;

import org.jspecify.annotations.NullMarked;
