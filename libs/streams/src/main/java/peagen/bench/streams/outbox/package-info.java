/** Writing our own events to a stream: numbered, in order, batched, and kept until Redis has them. */
@NullMarked
package peagen.bench.streams.outbox;

import org.jspecify.annotations.NullMarked;
