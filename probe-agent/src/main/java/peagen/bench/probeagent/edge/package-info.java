/** Where a probe meets the worker's traffic: for now the stream port inside the worker's own process. */
@NullMarked
package peagen.bench.probeagent.edge;

import org.jspecify.annotations.NullMarked;
