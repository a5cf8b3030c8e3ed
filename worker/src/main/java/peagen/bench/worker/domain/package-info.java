/** What the worker decides, as pure functions: the work that a task means, and what becomes of an orphan. */
@NullMarked
package peagen.bench.worker.domain;

import org.jspecify.annotations.NullMarked;
