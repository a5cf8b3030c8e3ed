/** Probe agents: see what happens to tasks beside the workers, and say so on the events stream. */
@NullMarked
package peagen.bench.probeagent;

import org.jspecify.annotations.NullMarked;
