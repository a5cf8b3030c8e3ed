/**
 * The way of finished records to an object store that speaks S3: whole folders, resumable, every object verified by its checksum.
 * Nothing here is a part of collecting; the {@code bench export} command uses it.
 */
@NullMarked
package peagen.bench.collector.export;

import org.jspecify.annotations.NullMarked;
