package peagen.bench.probeagent.edge.proxy;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.Optional;
import peagen.bench.service.syntax.HostPort;

/**
 * Where a proxy stands.
 *
 * @param listen where clients connect to; port 0 takes any free one
 * @param upstream where Redis is
 * @param serverTls what clients are met with; empty for plain text
 * @param upstreamTls how Redis is met; empty for plain text
 * @param maxConnections how many clients may be connected
 * @param threads how many event loops share them
 * @param spin how long a thread looks for more before it sleeps; zero for never
 * @param drainLimit how long commands in flight may take to finish when the proxy closes
 */
public record ProxySettings(
        HostPort listen,
        HostPort upstream,
        Optional<SslContext> serverTls,
        Optional<SslContext> upstreamTls,
        int maxConnections,
        int threads,
        Duration spin,
        Duration drainLimit) {}
