/** The Redis protocol as it passes by: where commands and replies begin and end, and what the few that matter say. Pure. */
@NullMarked
package peagen.bench.probeagent.domain.resp;

import org.jspecify.annotations.NullMarked;
