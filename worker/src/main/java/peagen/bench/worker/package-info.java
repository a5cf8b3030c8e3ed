/** The reference worker: speaks the farm's contract, does synthetic work. Its config record and composition root. */
@NullMarked
package peagen.bench.worker;

import org.jspecify.annotations.NullMarked;
