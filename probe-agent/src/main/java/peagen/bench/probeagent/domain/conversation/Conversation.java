package peagen.bench.probeagent.domain.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.Fields;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.resp.Command;
import peagen.bench.probeagent.domain.resp.CommandScanner;
import peagen.bench.probeagent.domain.resp.RespWriter;
import peagen.bench.probeagent.domain.resp.Verb;

/**
 * The client's side of a conversation: what goes on to Redis, and what of ours goes in front of it.
 *
 * <p>In write-ahead mode everything that one socket read settles (results, acknowledgements, tasks given back) is observed in one
 * batch, which is put in front of the first command that settles anything. A command that may settle something and has not come
 * whole is held back until it has. Where an entry of ours would do harm on the client's connection (within a transaction, behind
 * CLIENT REPLY SKIP, or where Redis refused one before) the conversation is {@linkplain #parked() parked} instead, until the
 * observations are in Redis by another way.
 *
 * <p>One connection's, for one thread.
 */
public final class Conversation {

    private static final int NOWHERE = -1;
    private static final int AT_HELD = -2;
    private static final byte[] NOTHING = {};

    private final Observing observing;
    private final byte[] eventStream;
    private final int database;
    private final Observations observations;
    private final FarmCommands commands;
    private final CommandScanner scanner;
    private final Expectations expectations = new Expectations();
    private final Answers answers;
    private final ConnectionState state = new ConnectionState();
    private final Consumer<Unobserved> unobserved;
    private final @Nullable Consumer<Command> listener;
    private final int keptBytes;

    private List<@Nullable Effect> transaction = new ArrayList<>();
    private Expected.@Nullable OfOurs ours;
    private boolean oursAnswered;
    private byte[] parked = NOTHING;
    private volatile String clientName = "";
    private boolean opaque;
    private boolean held;
    private int putAt;

    /**
     * A conversation that has not begun.
     *
     * @param settings common to all conversations of an agent
     * @param watch the tasks in this worker's hands; writes into {@code observations}
     * @param unobserved told what is passed on without being seen
     * @param listener told every command; null when nobody listens
     */
    public Conversation(
            ConversationSettings settings,
            Observations observations,
            TaskWatch watch,
            Consumer<Unobserved> unobserved,
            @Nullable Consumer<Command> listener) {
        StreamNames streams = settings.streams();
        this.observing = settings.observing();
        this.eventStream = settings.eventStream();
        this.database = settings.database();
        this.keptBytes = settings.keptBytes();
        this.observations = observations;
        this.unobserved = unobserved;
        this.listener = listener;
        this.commands = new FarmCommands(streams, watch, unobserved);
        this.scanner =
                new CommandScanner(key -> FarmCommands.isFarms(streams, key), listener != null, settings.keptBytes());
        this.answers = new Answers(expectations, observations, state, unobserved, settings.keptBytes());
    }

    /** The other direction: what comes from Redis. */
    public Answers answers() {
        return answers;
    }

    /** The name that the client gave its connection; empty without. From any thread. */
    public String clientName() {
        return clientName;
    }

    /** Whether nothing can be followed here any more; what comes is passed on all the same. */
    public boolean isOpaque() {
        return opaque;
    }

    /** Whether every command that came was answered: nothing is lost if the connection is closed now. */
    public boolean isIdle() {
        return opaque || (expectations.isEmpty() && !scanner.midCommand() && !parked());
    }

    /** Whether a command waits for {@link Observations#take} to be in Redis; {@link #resume} lets it go. */
    public boolean parked() {
        return parked.length > 0;
    }

    /**
     * Takes what the client sent. Not to be called while {@linkplain #parked() parked}.
     *
     * @param nowMicros when it came, µs on the Redis clock
     * @return up to where it was taken: all of it, unless the conversation is parked now
     */
    public int fromClient(byte[] bytes, int from, int to, long nowMicros, Outlet server) {
        if (opaque) {
            server.pass(from, to);
            return to;
        }
        byte[] heldBack = heldBack(to - from, server);
        boolean holding = held;
        boolean resumed = scanner.midCommand();
        putAt = NOWHERE;
        ours = null;
        int at = from;
        int end = scanner.scan(bytes, at, to);
        while (end >= 0) {
            int start = !resumed ? at : holding ? AT_HELD : NOWHERE;
            boolean goesOn = take(scanner.command(), start, nowMicros);
            if (!goesOn) {
                emit(server, start == AT_HELD ? NOTHING : heldBack, from, Math.max(from, start));
                held = false;
                return end;
            }
            resumed = false;
            at = end;
            end = opaque ? NOWHERE : scanner.scan(bytes, at, to);
        }
        if (scanner.broken() && !opaque) {
            goOpaque(Unobserved.CLIENT_BROKE_PROTOCOL);
        }
        held = holds(resumed, holding);
        if (held && resumed) {
            return to;
        }
        emit(server, heldBack, from, held ? at : to);
        return to;
    }

    /** What was held back, if it can be kept with {@code more} bytes behind it; otherwise it goes on now. */
    private byte[] heldBack(int more, Outlet server) {
        if (!held) {
            return NOTHING;
        }
        byte[] copy = Arrays.copyOf(scanner.gatheredBytes(), scanner.gatheredLength());
        if (copy.length + more <= keptBytes) {
            return copy;
        }
        server.send(copy);
        held = false;
        return NOTHING;
    }

    /** Whether the command that has begun is to be held back; one that has partly gone on cannot be. */
    private boolean holds(boolean resumed, boolean holding) {
        if (opaque || observing == Observing.BATCHED || !scanner.midCommand() || (resumed && !holding)) {
            return false;
        }
        Verb begun = scanner.begun();
        return begun == null || FarmCommands.maySettle(begun) || (begun == Verb.EXEC && settles());
    }

    private boolean settles() {
        return transaction.stream().anyMatch(Effect.OfRequest.class::isInstance);
    }

    /** Sends on what is due, up to {@code stop}, with our batch in its place. */
    private void emit(Outlet server, byte[] heldBack, int from, int stop) {
        if (putAt == AT_HELD) {
            put(server);
        }
        if (heldBack.length > 0) {
            server.send(heldBack);
        }
        if (putAt >= 0) {
            server.pass(from, putAt);
            put(server);
            server.pass(putAt, stop);
        } else {
            server.pass(from, stop);
        }
    }

    private void put(Outlet server) {
        if (ours == null) {
            return;
        }
        List<Fields> entries = observations.take();
        for (Fields entry : entries) {
            server.send(RespWriter.append(eventStream, entry));
        }
        ours.entries(oursAnswered ? entries : List.of());
    }

    /** Takes one whole command; false when it has to wait. */
    private boolean take(Command command, int start, long nowMicros) {
        if (command.empty()) {
            return true;
        }
        if (listener != null && command.kept()) {
            listener.accept(command);
        }
        switch (command.verb()) {
            case MULTI -> state.multi(true);
            case EXEC -> {
                return execute(command, start);
            }
            case DISCARD -> discard();
            case RESET -> {
                discard();
                state.reset();
            }
            case SELECT -> {
                select(command);
                return true;
            }
            case CLIENT -> {
                if (command.size() > 2 && command.is(1, "SETNAME")) {
                    clientName = command.text(2);
                }
                if (command.size() > 2 && command.is(1, "REPLY")) {
                    reply(command);
                    return true;
                }
                queue(null);
            }
            case SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE, UNSUBSCRIBE, PUNSUBSCRIBE, SUNSUBSCRIBE -> {
                goOpaque(Unobserved.SUBSCRIBED);
                return true;
            }
            case MONITOR, SYNC, PSYNC -> {
                goOpaque(Unobserved.STREAMED);
                return true;
            }
            default -> {
                return ordinary(command, start, nowMicros);
            }
        }
        expectPlain();
        return true;
    }

    private boolean ordinary(Command command, int start, long nowMicros) {
        Effect effect = state.database() == database ? commands.effect(command, nowMicros) : null;
        if (state.inTransaction()) {
            queue(effect);
            return plainAfter();
        }
        if (effect instanceof Effect.OfRequest request && observing == Observing.WRITE_AHEAD) {
            if (!state.takesOurs() && start != NOWHERE) {
                request.taken();
                return observations.isEmpty() ? plainAfter() : park(command);
            }
            place(start);
            request.taken();
            return plainAfter();
        }
        if (effect == null) {
            expectPlain();
        } else if (state.nextIsAnswered()) {
            expectations.add(new Expected.OfCommand(effect));
        } else if (effect instanceof Effect.OfRequest request) {
            // Nothing will tell whether Redis took it.
            request.taken();
        }
        return true;
    }

    private boolean plainAfter() {
        expectPlain();
        return true;
    }

    /** Our batch of this read stands in front of the first command that settles something. */
    private void place(int start) {
        if (ours == null && start != NOWHERE) {
            ours = new Expected.OfOurs();
            oursAnswered = state.replies();
            expectations.add(ours);
            putAt = start;
        }
    }

    private boolean execute(Command command, int start) {
        List<@Nullable Effect> effects = transaction;
        boolean settles = settles();
        discard();
        if (observing == Observing.WRITE_AHEAD && settles) {
            for (Effect effect : effects) {
                if (effect instanceof Effect.OfRequest request) {
                    request.taken();
                }
            }
            effects.replaceAll(effect -> effect instanceof Effect.OfRequest ? null : effect);
        }
        if (state.nextIsAnswered()) {
            expectations.add(new Expected.OfTransaction(effects));
        }
        if (observing == Observing.WRITE_AHEAD && settles && start != NOWHERE && !observations.isEmpty()) {
            parked = command.raw();
            return false;
        }
        return true;
    }

    private void queue(@Nullable Effect effect) {
        if (state.inTransaction()) {
            transaction.add(effect);
        }
    }

    private void discard() {
        transaction = new ArrayList<>();
        state.multi(false);
    }

    private void select(Command command) {
        if (state.inTransaction() || command.size() != 2) {
            queue(null);
            expectPlain();
            return;
        }
        int before = state.database();
        state.select(command.text(1));
        if (state.nextIsAnswered()) {
            expectations.add(new Expected.OfSelect(before));
        }
    }

    private void reply(Command command) {
        if (state.inTransaction()) {
            goOpaque(Unobserved.REPLIES_IN_TRANSACTION);
        } else if (state.reply(command)) {
            expectations.plain();
        }
    }

    private void expectPlain() {
        if (state.nextIsAnswered()) {
            expectations.plain();
        }
    }

    /** The command itself waits; its reply is expected where it would have been. */
    private boolean park(Command command) {
        expectPlain();
        parked = command.raw();
        return false;
    }

    /** Lets the parked command go. */
    public void resume(Outlet server) {
        byte[] waited = parked;
        parked = NOTHING;
        server.send(waited);
    }

    private void goOpaque(Unobserved reason) {
        opaque = true;
        expectations.add(new Expected.Opaque());
        unobserved.accept(reason);
    }
}
