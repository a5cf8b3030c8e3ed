/** Plain output for people: tables, and whether anybody is watching. */
@NullMarked
package peagen.bench.service.terminal;

import org.jspecify.annotations.NullMarked;
