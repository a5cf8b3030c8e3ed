/** The suite's own events: run lifecycle, task observations, metric deltas; each family sealed, each with its codec. */
@NullMarked
package peagen.bench.contract.event;

import org.jspecify.annotations.NullMarked;
