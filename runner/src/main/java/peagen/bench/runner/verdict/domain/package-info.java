/** Waiting for a verdict: what an answer means, and when to ask again. Pure. */
@NullMarked
package peagen.bench.runner.verdict.domain;

import org.jspecify.annotations.NullMarked;
