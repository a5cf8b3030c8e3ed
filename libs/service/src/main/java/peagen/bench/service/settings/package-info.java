/** Settings of a service: declared once, read from flags, environment, a TOML file and defaults, all problems at once. */
@NullMarked
package peagen.bench.service.settings;

import org.jspecify.annotations.NullMarked;
