/** Farms, files, processes and terminals. */
@NullMarked
package peagen.bench.runner.edge;

import org.jspecify.annotations.NullMarked;
