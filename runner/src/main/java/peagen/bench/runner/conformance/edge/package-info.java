/** Worker processes, the tasks that they are given, and what comes back. */
@NullMarked
package peagen.bench.runner.conformance.edge;

import org.jspecify.annotations.NullMarked;
