/** The generator's side of files, threads and streams. */
@NullMarked
package peagen.bench.loadgenerator.edge;

import org.jspecify.annotations.NullMarked;
