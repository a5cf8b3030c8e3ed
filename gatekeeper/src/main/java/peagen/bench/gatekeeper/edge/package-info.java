/** The gatekeeper's side of streams and files: reading, judging, acknowledging, gate files. */
@NullMarked
package peagen.bench.gatekeeper.edge;

import org.jspecify.annotations.NullMarked;
