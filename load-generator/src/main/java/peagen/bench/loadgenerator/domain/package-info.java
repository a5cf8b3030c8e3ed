/** What a scenario is. Pure. */
@NullMarked
package peagen.bench.loadgenerator.domain;

import org.jspecify.annotations.NullMarked;
