/** What a collector has read and not yet committed, and the lines of the raw record. Pure. */
@NullMarked
package peagen.bench.collector.domain;

import org.jspecify.annotations.NullMarked;
