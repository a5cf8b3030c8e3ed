/** What {@code bench webhook} says, and what it sends for a test. */
@NullMarked
package peagen.bench.runner.webhook.domain;

import org.jspecify.annotations.NullMarked;
