/** Processes that are killed at any moment under load, and the books that have to be right all the same. */
@NullMarked
package peagen.bench.endtoend.kill;

import org.jspecify.annotations.NullMarked;
