/** What the hot paths cost, each beside a reference that is measured in the same run. */
@NullMarked
package peagen.bench.microbenchmarks;

import org.jspecify.annotations.NullMarked;
