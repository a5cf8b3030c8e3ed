package peagen.bench.gatekeeper.webhook.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import peagen.bench.gatekeeper.webhook.domain.IpAddress;

/** Finds the addresses of a host. Thread-safe. */
@FunctionalInterface
public interface HostResolver {

    /**
     * Every address of {@code host}, the one to try first in front.
     *
     * @param host a name, or an address in any spelling that the system knows
     * @return fails when there is none
     */
    Future<List<IpAddress>> resolve(String host);

    /** As the system does it, with its hosts file; on a thread that may wait. */
    static HostResolver system(Vertx vertx) {
        return host -> vertx.executeBlocking(() -> InetAddress.getAllByName(host), false)
                .map(found -> Arrays.stream(found)
                        .map(address -> IpAddress.of(address.getAddress()))
                        .toList());
    }
}
