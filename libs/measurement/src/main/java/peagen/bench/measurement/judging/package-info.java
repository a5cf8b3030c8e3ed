/** Targets, gates and the rules that turn a run into a verdict. */
@NullMarked
package peagen.bench.measurement.judging;

import org.jspecify.annotations.NullMarked;
