/** What the {@code main} of every service needs, one package per need. Knows nothing of what a service does. */
@NullMarked
package peagen.bench.service;

import org.jspecify.annotations.NullMarked;
