/** Sending, receiving and reading webhooks by hand. */
@NullMarked
package peagen.bench.runner.webhook.edge;

import org.jspecify.annotations.NullMarked;
