/** Who may ask for what over the API: tokens, workload identities, scopes, the audit log. Pure. */
@NullMarked
package peagen.bench.gatekeeper.access.domain;

import org.jspecify.annotations.NullMarked;
