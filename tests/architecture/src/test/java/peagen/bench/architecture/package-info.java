/** The rules of ARCHITECTURE.md and of the house, checked against every class that is shipped. */
@NullMarked
package peagen.bench.architecture;

import org.jspecify.annotations.NullMarked;
