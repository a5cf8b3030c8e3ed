package peagen.bench.gatekeeper.webhook.edge;

import io.vertx.core.Future;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try;

/** Makes tries. */
public interface Sender {

    /** Sends {@code notice} to {@code to} once. Never fails: whatever happens is the try's result. */
    Future<Try> send(Subscription to, Notice notice);
}
