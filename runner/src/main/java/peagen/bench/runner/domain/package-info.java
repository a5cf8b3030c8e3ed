/** What a run is asked to be, its record, and the words in which its verdict is told. Pure. */
@NullMarked
package peagen.bench.runner.domain;

import org.jspecify.annotations.NullMarked;
