package peagen.bench.streams.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.streams.StreamBroker;
import peagen.bench.streams.StreamBroker.PendingEntry;

/** Questions of whoever watches a server: they change nothing there and create nothing. */
final class Measures {

    private final RedisCalls calls;

    Measures(RedisCalls calls) {
        this.calls = calls;
    }

    Future<Long> memory(String key) {
        // The server answers null for a missing key.
        return calls.askBlocking(
                calls.link(),
                "MEMORY USAGE " + key,
                Request.cmd(Command.MEMORY).arg("USAGE").arg(key),
                0,
                bytes -> bytes.map(Replies::number).orElse(0L));
    }

    Future<Optional<Duration>> oldestPendingIdle(String stream, String group) {
        Request first = Requests.pending(stream, group, EntryId.MIN, EntryId.MAX, StreamBroker.LOOKED_AT);
        return calls.ask("XPENDING " + stream + " " + group, first, Replies::pending)
                .map(pending -> pending.stream().map(PendingEntry::idle).max(Comparator.naturalOrder()))
                .recover(failure -> Failures.missingGroup(failure)
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }
}
