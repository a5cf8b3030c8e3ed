/** GitHub's API on the wire. */
@NullMarked
package peagen.bench.gatekeeper.github.edge;

import org.jspecify.annotations.NullMarked;
