/** What is remembered of runs: their verdicts, what they were of, and which of them others are compared with. */
@NullMarked
package peagen.bench.gatekeeper.history.domain;

import org.jspecify.annotations.NullMarked;
