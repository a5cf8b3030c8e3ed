/** What travels between the services: stream names, envelopes, events, and their codecs. Pure: no I/O, no clock, no logging. */
@NullMarked
package peagen.bench.contract;

import org.jspecify.annotations.NullMarked;
