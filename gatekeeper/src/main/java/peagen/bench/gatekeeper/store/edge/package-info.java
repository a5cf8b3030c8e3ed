/** The gatekeeper's memory in a real database: SQLite in a file of its own, or PostgreSQL. */
@NullMarked
package peagen.bench.gatekeeper.store.edge;

import org.jspecify.annotations.NullMarked;
