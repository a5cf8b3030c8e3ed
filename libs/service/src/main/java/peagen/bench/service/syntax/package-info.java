/** How people write values (durations, rates, addresses, choices) and how a wrong one is answered. */
@NullMarked
package peagen.bench.service.syntax;

import org.jspecify.annotations.NullMarked;
