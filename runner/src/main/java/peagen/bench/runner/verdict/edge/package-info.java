/** Where verdicts are asked for: the gatekeeper's API, or the stream of verdicts. */
@NullMarked
package peagen.bench.runner.verdict.edge;

import org.jspecify.annotations.NullMarked;
