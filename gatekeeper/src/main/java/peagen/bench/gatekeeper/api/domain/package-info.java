/** What the API says in its answers. Pure. */
@NullMarked
package peagen.bench.gatekeeper.api.domain;

import org.jspecify.annotations.NullMarked;
