/** Health, metrics and problem details over HTTP. */
@NullMarked
package peagen.bench.service.http;

import org.jspecify.annotations.NullMarked;
