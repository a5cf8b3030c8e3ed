/** Where the store is, and who may write in it. */
@NullMarked
package peagen.bench.gatekeeper.store.domain;

import org.jspecify.annotations.NullMarked;
