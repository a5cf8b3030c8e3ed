/** The measured farm's envelopes, profile {@code peagen-streams}: tasks and results exactly as its consumers read them. */
@NullMarked
package peagen.bench.contract.task;

import org.jspecify.annotations.NullMarked;
