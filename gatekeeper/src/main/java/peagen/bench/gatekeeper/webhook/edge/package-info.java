/** Webhooks on the wire: names are resolved, connections made, deliveries carried out. */
@NullMarked
package peagen.bench.gatekeeper.webhook.edge;

import org.jspecify.annotations.NullMarked;
