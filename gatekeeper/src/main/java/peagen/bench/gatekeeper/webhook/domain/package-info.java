/** Signed webhooks: what is said, to whom, when, and how it is signed. Pure. */
@NullMarked
package peagen.bench.gatekeeper.webhook.domain;

import org.jspecify.annotations.NullMarked;
