package peagen.bench.gatekeeper.github.edge;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import peagen.bench.gatekeeper.github.domain.GithubCalls;
import peagen.bench.gatekeeper.webhook.domain.Notice;
import peagen.bench.gatekeeper.webhook.domain.Subscription;
import peagen.bench.gatekeeper.webhook.domain.Try;
import peagen.bench.gatekeeper.webhook.edge.Sender;

/**
 * Makes the tries about one subject one after the other, in the order in which they are asked for: GitHub shows what comes last,
 * and two calls under way at once may come in either order. Whatever is about something else does not wait. Confined to one
 * context.
 */
final class OneAfterTheOther implements Sender {

    private final Sender sender;
    private final Map<String, Future<Try>> last = new HashMap<>();

    OneAfterTheOther(Sender sender) {
        this.sender = sender;
    }

    @Override
    public Future<Try> send(Subscription to, Notice notice) {
        Optional<String> subject = GithubCalls.subject(notice);
        if (subject.isEmpty()) {
            return sender.send(to, notice);
        }
        String about = subject.get();
        Future<Try> before = last.get(about);
        Future<Try> mine = before == null ? sender.send(to, notice) : before.transform(over -> sender.send(to, notice));
        last.put(about, mine);
        return mine.onComplete(over -> last.remove(about, mine));
    }
}
