/** Folds control events and deltas into verdicts and tells them. */
@NullMarked
package peagen.bench.gatekeeper;

import org.jspecify.annotations.NullMarked;
