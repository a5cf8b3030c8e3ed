/** Logging to stderr: readable lines for people, JSON lines for machines. */
@NullMarked
package peagen.bench.service.log;

import org.jspecify.annotations.NullMarked;
