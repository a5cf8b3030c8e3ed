/** The transparent proxy: sockets, back-pressure, TLS, and the way that observations take to Redis. */
@NullMarked
package peagen.bench.probeagent.edge.proxy;

import org.jspecify.annotations.NullMarked;
