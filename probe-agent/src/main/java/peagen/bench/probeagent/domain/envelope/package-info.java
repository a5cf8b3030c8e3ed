/** How a farm writes tasks and results into its streams, as far as a probe has to read them. Pure. */
@NullMarked
package peagen.bench.probeagent.domain.envelope;

import org.jspecify.annotations.NullMarked;
