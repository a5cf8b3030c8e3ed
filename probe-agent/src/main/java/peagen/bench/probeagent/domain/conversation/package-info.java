/**
 * One client's conversation with Redis, followed in both directions: what goes on unchanged, what of ours is put in between, and
 * what is seen of the farm's tasks. Pure.
 */
@NullMarked
package peagen.bench.probeagent.domain.conversation;

import org.jspecify.annotations.NullMarked;
