/** What a worker has to do, and whether it did: from facts about streams, commands and processes to points. */
@NullMarked
package peagen.bench.runner.conformance.domain;

import org.jspecify.annotations.NullMarked;
