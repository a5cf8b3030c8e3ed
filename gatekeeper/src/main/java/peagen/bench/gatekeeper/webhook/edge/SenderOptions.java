package peagen.bench.gatekeeper.webhook.edge;

import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * What a sender keeps to.
 *
 * @param limit how long one try may take, from the look-up of the name to the last byte of the answer that is read
 * @param trust whose certificates are believed; empty for the authorities that the JVM knows
 */
public record SenderOptions(Duration limit, Optional<TrustOptions> trust) {

    /** 30 s, as Standard Webhooks suggests, and the authorities that the JVM knows. */
    public static final SenderOptions STANDARD = new SenderOptions(Duration.ofSeconds(30), Optional.empty());
}
