/** The collector's side of streams, files and meters. */
@NullMarked
package peagen.bench.collector.edge;

import org.jspecify.annotations.NullMarked;
