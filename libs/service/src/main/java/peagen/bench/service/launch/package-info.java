/** From {@code main} to exit code: settings, start, signals, orderly stop. */
@NullMarked
package peagen.bench.service.launch;

import org.jspecify.annotations.NullMarked;
