/** The shape of one Redis stream entry: its id and its flat fields. */
@NullMarked
package peagen.bench.contract.entry;

import org.jspecify.annotations.NullMarked;
