/** What GitHub is told of runs: the state of commits, check runs, and that a verdict is there. Pure. */
@NullMarked
package peagen.bench.gatekeeper.github.domain;

import org.jspecify.annotations.NullMarked;
