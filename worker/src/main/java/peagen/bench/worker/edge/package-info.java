/** The worker's side of the streams: claiming, working, answering, acknowledging, reclaiming. */
@NullMarked
package peagen.bench.worker.edge;

import org.jspecify.annotations.NullMarked;
