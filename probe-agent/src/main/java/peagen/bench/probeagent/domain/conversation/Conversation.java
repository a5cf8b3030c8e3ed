package peagen.bench.probeagent.domain.conversation;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import peagen.bench.contract.StreamNames;
import peagen.bench.contract.entry.EntryId;
import peagen.bench.probeagent.domain.TaskWatch;
import peagen.bench.probeagent.domain.resp.Command;
import peagen.bench.probeagent.domain.resp.CommandScanner;
import peagen.bench.probeagent.domain.resp.Verb;

/**
 * The client's side of a conversation: what goes on to Redis, and what of ours goes in front of it.
 *
 * <p>In write-ahead mode everything that one socket read settles (results, acknowledgements, tasks given back) is observed in one
 * batch, which is put in front of the first command that settles anything. A command that may settle something and has not come
 * whole is held back until it has. Where an entry of ours would do harm on the client's connection (within a transaction, behind
 * CLIENT REPLY, or where Redis refused one before) the command is {@linkplain #parked() parked} instead, until the
 * observations are in Redis by another way.
 *
 * <p>In batched mode what was sent goes on before it is read, and a whole batch goes in front of it: for a busy connection nothing is
 * cheaper. The batch is of commands that Redis has taken, so that nothing waits for it.
 *
 * <p>One connection's, for one thread.
 */
public final class Conversation {

    /** Replies that mean something, or commands of a transaction: what is remembered of them grows no further. */
    private static final int MOST_IN_FLIGHT = 100_000;

    private final Observing observing;
    private final int database;
    private final Observations observations;
    private final FarmCommands commands;
    private final CommandScanner scanner;
    private final Expectations expectations = new Expectations();
    private final Answers answers;
    private final ConnectionState state = new ConnectionState();
    private final Consumer<Unobserved> unobserved;
    private final @Nullable Consumer<Command> listener;

    private final Transaction transaction = new Transaction();
    private final SettingCommands settings = new SettingCommands(state, transaction, expectations);
    private final HeldBack heldBack = new HeldBack();
    private final Between between;
    private final Parked parked = new Parked();
    private boolean opaque;

    /**
     * A conversation that has not begun.
     *
     * @param common what is common to all conversations of an agent
     * @param watch the tasks in this worker's hands; writes into {@code observations}
     * @param unobserved told what is passed on without being seen
     * @param listener told every command; null when nobody listens
     */
    public Conversation(
            ConversationSettings common,
            Observations observations,
            TaskWatch watch,
            Consumer<Unobserved> unobserved,
            @Nullable Consumer<Command> listener) {
        StreamNames streams = common.streams();
        this.observing = common.observing();
        this.between = new Between(observations, expectations, common.eventStream());
        this.database = common.database();
        this.observations = observations;
        this.unobserved = unobserved;
        this.listener = listener;
        this.commands = new FarmCommands(streams, watch, unobserved);
        this.scanner =
                new CommandScanner(key -> FarmCommands.isFarms(streams, key), listener != null, common.keptBytes());
        this.answers = new Answers(common, expectations, observations, watch, state, unobserved);
    }

    /** The other direction: what comes from Redis. */
    public Answers answers() {
        return answers;
    }

    /** The name that the client gave its connection; empty without. From any thread. */
    public String clientName() {
        return settings.clientName();
    }

    /** Whether nothing can be followed here any more; what comes is passed on all the same. */
    public boolean isOpaque() {
        return opaque;
    }

    /** Whether every command that came was answered: nothing is lost if the connection is closed now. */
    public boolean isIdle() {
        return opaque || (expectations.isEmpty() && !scanner.midCommand() && !parked.waits());
    }

    /**
     * The connection is over. What was observed in batched mode and Redis has not answered is among the observations again: it
     * happened, and an event that is written twice counts once. What was written ahead may not have happened.
     */
    public void over() {
        if (observing == Observing.BATCHED) {
            expectations.unanswered().forEach(observations::giveBack);
        }
    }

    /** The command that waits, if there is one. */
    public Parked parked() {
        return parked;
    }

    /**
     * Takes what the client sent. Not to be called while a command is {@linkplain #parked() parked}.
     *
     * @param nowMicros when it came, µs on the Redis clock
     * @return up to where it was taken: all of it, unless a command is parked now
     */
    public int fromClient(byte[] bytes, int from, int to, long nowMicros, Outlet server) {
        heldBack.begin(scanner);
        between.begin();
        if (opaque || answers.isOpaque()) {
            opaque = true;
            heldBack.hold(false);
            between.emit(server, heldBack.bytes(), from, to);
            return to;
        }
        if (observing == Observing.BATCHED) {
            if (observations.hasWholeBatch() && !scanner.midCommand() && state.takesOurs()) {
                between.place(from);
            }
            between.emit(server, heldBack.bytes(), from, to);
            server.hurry();
            between.begin();
        }
        boolean holding = heldBack.holding();
        boolean resumed = scanner.midCommand();
        int at = from;
        int end = scanner.scan(bytes, at, to);
        while (end >= 0) {
            int start = !resumed ? at : holding ? Between.AT_HELD : Between.NOWHERE;
            if (resumed) {
                heldBack.settle();
            }
            if (!take(scanner.command(), start, nowMicros)) {
                between.emitBefore(start, server, heldBack.bytes(), from);
                heldBack.hold(false);
                return end;
            }
            resumed = false;
            at = end;
            end = opaque ? Between.NOWHERE : scanner.scan(bytes, at, to);
        }
        if (!opaque && scanner.broken()) {
            goOpaque(Unobserved.CLIENT_BROKE_PROTOCOL);
        } else if (!opaque && Math.max(expectations.size(), transaction.size()) > MOST_IN_FLIGHT) {
            goOpaque(Unobserved.TOO_MANY);
        }
        heldBack.hold(holds(resumed, holding));
        if (observing == Observing.BATCHED || (heldBack.holding() && resumed)) {
            return to;
        }
        between.emit(server, heldBack.bytes(), from, heldBack.holding() ? at : to);
        return to;
    }

    /** Whether the command that has begun is to be held back; one that has partly gone on cannot be. */
    private boolean holds(boolean resumed, boolean holding) {
        if (opaque || observing == Observing.BATCHED || !scanner.midCommand() || (resumed && !holding)) {
            return false;
        }
        Verb begun = scanner.begun();
        return begun == null || FarmCommands.maySettle(begun) || (begun == Verb.EXEC && transaction.settles());
    }

    /** Takes one whole command; false when it has to wait. */
    private boolean take(Command command, int start, long nowMicros) {
        if (command.empty()) {
            state.nothing();
            return true;
        }
        if (listener != null && command.kept()) {
            listener.accept(command);
        }
        switch (command.verb()) {
            case MULTI -> begin();
            case EXEC -> {
                return execute(command, start);
            }
            case DISCARD -> {
                transaction.clear();
                state.endTransaction();
                expectPlain();
            }
            case WATCH -> expectPlain();
            case RESET, SELECT, CLIENT -> {
                Unobserved reason = settings.take(command);
                if (reason != null) {
                    goOpaque(reason);
                }
            }
            case SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE, UNSUBSCRIBE, PUNSUBSCRIBE, SUNSUBSCRIBE ->
                goOpaque(Unobserved.SUBSCRIBED);
            case MONITOR, SYNC, PSYNC -> goOpaque(Unobserved.STREAMED);
            default -> {
                return ordinary(command, start, nowMicros);
            }
        }
        return true;
    }

    /** A MULTI within a transaction is an error and changes nothing. */
    private void begin() {
        if (state.inTransaction()) {
            expectPlain();
            return;
        }
        transaction.clear();
        long number = state.multi();
        if (state.nextIsAnswered()) {
            expectations.add(new Expected.OfMulti(number));
        }
    }

    private boolean ordinary(Command command, int start, long nowMicros) {
        Effect effect = state.database() == database ? commands.effect(command, nowMicros) : null;
        if (state.inTransaction()) {
            transaction.add(effect);
            expectPlain();
            return true;
        }
        if (effect instanceof Effect.OfRequest request && observing == Observing.WRITE_AHEAD) {
            List<EntryId> unknown = start == Between.NOWHERE ? List.of() : request.strangers();
            if (!unknown.isEmpty()) {
                expectPlain();
                return park(command, unknown, request::taken);
            }
            if (!state.takesOurs() && start != Between.NOWHERE) {
                request.taken();
                // The command itself waits; its reply is expected where it would have been.
                expectPlain();
                return observations.isEmpty() || park(command, List.of(), () -> {});
            }
            between.place(start);
            request.taken();
            expectPlain();
        } else if (effect == null) {
            expectPlain();
        } else if (state.nextIsAnswered()) {
            expectations.add(new Expected.OfCommand(effect));
        } else if (effect instanceof Effect.OfRequest request) {
            // Nothing will tell whether Redis took it.
            request.taken();
        }
        return true;
    }

    private boolean execute(Command command, int start) {
        boolean ahead = observing == Observing.WRITE_AHEAD && transaction.settles();
        state.endTransaction();
        List<EntryId> unknown = ahead && start != Between.NOWHERE ? transaction.strangers() : List.of();
        Runnable settling = ahead ? transaction.settling() : () -> {};
        List<@Nullable Effect> effects = transaction.take();
        if (state.nextIsAnswered()) {
            expectations.add(new Expected.OfTransaction(effects));
        }
        if (!unknown.isEmpty()) {
            return park(command, unknown, settling);
        }
        settling.run();
        return !ahead || start == Between.NOWHERE || observations.isEmpty() || park(command, List.of(), () -> {});
    }

    /** The command does not go on: false. */
    private boolean park(Command command, List<EntryId> unknown, Runnable settles) {
        parked.park(command, unknown, settles);
        return false;
    }

    private void expectPlain() {
        if (state.nextIsAnswered()) {
            expectations.plain();
        }
    }

    private void goOpaque(Unobserved reason) {
        opaque = true;
        expectations.add(new Expected.Opaque());
        unobserved.accept(reason);
    }
}
