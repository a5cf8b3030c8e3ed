/** The HTTP API: its routes, from docs/openapi.yaml, and what stands behind each of them. */
@NullMarked
package peagen.bench.gatekeeper.api.edge;

import org.jspecify.annotations.NullMarked;
