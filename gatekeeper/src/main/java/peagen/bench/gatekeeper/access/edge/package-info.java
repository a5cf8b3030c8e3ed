/** Reads access files, fetches keys, authenticates requests, limits rates, keeps tokens and the audit log in the database. */
@NullMarked
package peagen.bench.gatekeeper.access.edge;

import org.jspecify.annotations.NullMarked;
