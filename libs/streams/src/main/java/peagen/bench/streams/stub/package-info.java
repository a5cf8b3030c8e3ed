/** The stream port in memory: the StubQueue. */
@NullMarked
package peagen.bench.streams.stub;

import org.jspecify.annotations.NullMarked;
