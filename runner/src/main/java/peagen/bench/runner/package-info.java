/** The {@code bench} command: brings farms up, runs scenarios on them, and says how they came out. */
@NullMarked
package peagen.bench.runner;

import org.jspecify.annotations.NullMarked;
