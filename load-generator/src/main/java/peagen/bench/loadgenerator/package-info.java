/** The load generator: sends a scenario's tasks at their intended times and accounts for every one of them. */
@NullMarked
package peagen.bench.loadgenerator;

import org.jspecify.annotations.NullMarked;
