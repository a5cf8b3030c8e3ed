/** The fold over control events and deltas into open runs, and when each is ready to be judged. Pure. */
@NullMarked
package peagen.bench.gatekeeper.domain;

import org.jspecify.annotations.NullMarked;
