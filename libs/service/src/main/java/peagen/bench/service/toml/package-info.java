/** Validated reading of TOML files; every problem with file, line and column, all at once. */
@NullMarked
package peagen.bench.service.toml;

import org.jspecify.annotations.NullMarked;
