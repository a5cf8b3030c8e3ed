package peagen.bench.probeagent.domain.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.resp.ReplyReader;
import peagen.bench.probeagent.domain.resp.ReplyScanner;
import peagen.bench.probeagent.domain.resp.UnexpectedReplyException;

/**
 * The server's side of a conversation: everything goes on to the client but the replies to what was ours, and the replies to
 * what concerned tasks are read on the way. What cannot be matched with a command ends the following, never the passing on.
 *
 * <p>In batched mode a worker has a reply about many tasks, and whatever came with it, before it is read here. It may acknowledge
 * them on another connection at once: that is followed once their claims are known.
 *
 * <p>One connection's, for one thread.
 */
public final class Answers {

    private static final int NOWHERE = -1;

    private final Observing observing;
    private final Expectations expectations;
    private final Observations observations;
    private final TaskWatch watch;
    private final ConnectionState state;
    private final Consumer<Unobserved> unobserved;
    private final ReplyScanner scanner;
    private final List<Runnable> afterwards = new ArrayList<>();
    private boolean opaque;
    private long refused;

    Answers(
            ConversationSettings common,
            Expectations expectations,
            Observations observations,
            TaskWatch watch,
            ConnectionState state,
            Consumer<Unobserved> unobserved) {
        this.observing = common.observing();
        this.expectations = expectations;
        this.observations = observations;
        this.watch = watch;
        this.state = state;
        this.unobserved = unobserved;
        this.scanner = new ReplyScanner(common.keptBytes());
    }

    /** Whether nothing can be followed here any more; what comes is passed on all the same. */
    public boolean isOpaque() {
        return opaque;
    }

    /** How many of our entries Redis refused on this connection; they are among the observations again. */
    public long refused() {
        return refused;
    }

    /**
     * Takes what the server sent.
     *
     * @param nowMicros when it came, µs on the Redis clock
     */
    public void fromServer(byte[] bytes, int from, int to, long nowMicros, Outlet client) {
        int passedTo = from;
        int at = from;
        while (!opaque && at < to) {
            Expected head = expectations.head();
            if (!scanner.midReply()) {
                if (head instanceof Expected.Opaque) {
                    opaque = true;
                    break;
                }
                scanner.keep(head != null && head.isRead());
            }
            int end = scanner.scan(bytes, at, to);
            boolean swallowed = head instanceof Expected.OfOurs && !scanner.push();
            if (swallowed) {
                client.pass(passedTo, at);
                passedTo = end == NOWHERE && !scanner.broken() ? to : Math.max(at, end);
            }
            if (end == NOWHERE) {
                broken();
                break;
            }
            at = end;
            if (!scanner.push()) {
                answered(head, nowMicros);
            }
        }
        if (afterwards.isEmpty()) {
            client.pass(passedTo, to);
        } else {
            int rest = passedTo;
            List<Runnable> following = List.copyOf(afterwards);
            afterwards.clear();
            watch.beforeAnybodyElse(() -> {
                client.pass(rest, to);
                client.hurry();
                following.forEach(Runnable::run);
            });
        }
    }

    /**
     * Follows what a reply means for the worker's tasks: now, or in batched mode once the worker has all that came with it, if it is
     * of many tasks. That may take longer than all else, and nothing waits for it. What is behind it keeps its place.
     */
    private void follow(boolean ofMany, Runnable following) {
        if (afterwards.isEmpty() && (observing == Observing.WRITE_AHEAD || !ofMany)) {
            following.run();
        } else {
            afterwards.add(following);
        }
    }

    private void broken() {
        if (scanner.broken()) {
            opaque = true;
            unobserved.accept(Unobserved.SERVER_BROKE_PROTOCOL);
        }
    }

    private void answered(@Nullable Expected head, long nowMicros) {
        if (head == null) {
            if (expectations.isEmpty()) {
                // An error before the connection is closed, such as too many clients.
                opaque = true;
                unobserved.accept(Unobserved.SERVER_BROKE_PROTOCOL);
            } else {
                expectations.tookPlain();
            }
            return;
        }
        switch (head) {
            case Expected.OfOurs ours -> ours(ours);
            case Expected.OfCommand command -> {
                expectations.tookHead();
                if (!scanner.error()) {
                    apply(command.effect(), nowMicros);
                }
            }
            case Expected.OfTransaction transaction -> {
                expectations.tookHead();
                if (!scanner.error()) {
                    executed(transaction.effects(), nowMicros);
                }
            }
            case Expected.OfSelect select -> {
                expectations.tookHead();
                state.selected(select.index(), scanner.error());
            }
            case Expected.OfMulti multi -> {
                expectations.tookHead();
                if (scanner.error()) {
                    state.refuseMulti(multi.number());
                }
            }
            case Expected.Opaque opaqueFromHere -> opaque = true;
        }
    }

    private void ours(Expected.OfOurs ours) {
        Fields entry = ours.take();
        if (scanner.error()) {
            refused++;
            state.refuseOurs();
            observations.giveBack(entry);
        }
    }

    private void apply(Effect effect, long nowMicros) {
        switch (effect) {
            case Effect.OfRequest request -> follow(request.isOfMany(), request::taken);
            case Effect.OfReply reply -> {
                if (scanner.kept()) {
                    ReplyReader reader = scanner.reader();
                    follow(reply.isOfMany(), () -> read(() -> reply.read(reader, nowMicros)));
                } else {
                    unobserved.accept(Unobserved.TOO_LARGE);
                }
            }
        }
    }

    private void executed(List<@Nullable Effect> effects, long nowMicros) {
        if (effects.stream().allMatch(effect -> effect == null)) {
            return;
        }
        if (!scanner.kept()) {
            unobserved.accept(Unobserved.TOO_LARGE);
            return;
        }
        ReplyReader reader = scanner.reader();
        follow(false, () -> read(() -> executed(effects, reader, nowMicros)));
    }

    private void executed(List<@Nullable Effect> effects, ReplyReader reply, long nowMicros) {
        int count = reply.array();
        if (count != effects.size()) {
            // Null when a watched key had changed: nothing was done.
            if (count != ReplyReader.NULL) {
                unobserved.accept(Unobserved.UNEXPECTED_REPLY);
            }
            return;
        }
        for (Effect effect : effects) {
            if (effect == null || reply.atError()) {
                reply.skip();
            } else if (effect instanceof Effect.OfReply read) {
                read.read(reply, nowMicros);
            } else if (effect instanceof Effect.OfRequest request) {
                request.taken();
                reply.skip();
            }
        }
    }

    private void read(Runnable reading) {
        try {
            reading.run();
        } catch (UnexpectedReplyException otherShape) {
            unobserved.accept(Unobserved.UNEXPECTED_REPLY);
        }
    }
}
