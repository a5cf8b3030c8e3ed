/** What a probe knows of the tasks in a worker's hands, and the batches of observations that come of it. Pure. */
@NullMarked
package peagen.bench.probeagent.domain;

import org.jspecify.annotations.NullMarked;
