/** When tasks are to be sent and what they are like: pure functions of a scenario and its seed. */
@NullMarked
package peagen.bench.measurement.schedule;

import org.jspecify.annotations.NullMarked;
