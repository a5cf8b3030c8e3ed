package peagen.bench.probeagent.domain.resp;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds where commands begin and end in what a client sends, in whatever pieces it comes, and keeps the arguments of those that
 * are needed. Bodies of all others are skipped by their announced length and looked at by nobody. Reads exactly what Redis
 * reads (https://redis.io/docs/latest/develop/reference/protocol-spec/), inline commands included; what Redis would refuse as a
 * protocol error is {@linkplain #broken() broken} here, for good.
 *
 * <p>One connection's, for one thread. Allocates only while it keeps a command that came in pieces.
 */
public final class CommandScanner {

    private static final long MOST_ARGUMENTS = Integer.MAX_VALUE;
    private static final int INLINE_LIMIT = 64 * 1024;

    private enum State {
        BEGIN,
        COUNT,
        MARK,
        LENGTH,
        BODY,
        INLINE,
        BROKEN
    }

    private final Predicate<String> wantedKey;
    private final boolean keepAll;
    private final Gathered gathered;
    private final Command command = new Command();
    private final Decimal number = new Decimal(true);
    private State state = State.BEGIN;
    private long argumentsLeft;
    private long bodyLeft;
    private int argumentAt;
    /** Where the part of the command begins in the buffer at hand that is not gathered yet. */
    private int partFrom;
    /** How many bytes of the command came before {@link #partFrom}. */
    private int earlier;

    /**
     * A scanner.
     *
     * @param wantedKey which keys make a command on a key one of ours
     * @param keepAll whether every command is kept, for somebody who listens
     * @param limit how large a command may be to be kept, bytes; an inline command always may be
     */
    public CommandScanner(Predicate<String> wantedKey, boolean keepAll, int limit) {
        this.wantedKey = wantedKey;
        this.keepAll = keepAll;
        this.gathered = new Gathered(Math.max(limit, INLINE_LIMIT));
    }

    /**
     * Goes on from {@code from}.
     *
     * @return where the next command ends, which is then {@link #command()}; -1 when everything up to {@code to} was taken and no
     *     command ended, or when the client's bytes are broken
     */
    public int scan(byte[] bytes, int from, int to) {
        partFrom = from;
        int at = from;
        while (at < to) {
            switch (state) {
                case BEGIN -> {
                    begin(at, bytes[at] == '*');
                    at += state == State.COUNT ? 1 : 0;
                }
                case COUNT -> {
                    at = number.read(bytes, at, to);
                    if (number.done() && counted()) {
                        return ended(bytes, at);
                    }
                }
                case MARK -> at = marked(bytes, at);
                case LENGTH -> {
                    at = number.read(bytes, at, to);
                    if (number.done()) {
                        sized(at);
                    }
                }
                case BODY -> {
                    long taken = Math.min(bodyLeft, to - at);
                    bodyLeft -= taken;
                    at += (int) taken;
                    if (bodyLeft == 0 && argument(bytes, at)) {
                        return ended(bytes, at);
                    }
                }
                case INLINE -> {
                    at = inline(bytes, at, to);
                    if (state == State.BEGIN) {
                        return at;
                    }
                }
                case BROKEN -> {
                    return -1;
                }
            }
            if (number.broken()) {
                state = State.BROKEN;
            }
        }
        if (state != State.BEGIN && state != State.BROKEN && command.kept()) {
            gather(bytes, to);
        }
        return -1;
    }

    /** The command that just ended; good until the next call of {@link #scan}. */
    public Command command() {
        return command;
    }

    /** Whether the client sent what Redis answers with a protocol error and a closed connection. */
    public boolean broken() {
        return state == State.BROKEN;
    }

    /** Whether a command has begun and not ended. */
    public boolean midCommand() {
        return state != State.BEGIN && state != State.BROKEN;
    }

    /** What is known of the command that has begun, or null as long as its name has not passed; OTHER also when it is let go. */
    public @Nullable Verb begun() {
        if (!command.kept()) {
            return Verb.OTHER;
        }
        return command.size() == 0 || (command.verb().keyed() && command.size() == 1) ? null : command.verb();
    }

    /** The bytes so far of a command that has begun and is kept: the first {@link #gatheredLength} of the array. */
    public byte[] gatheredBytes() {
        return gathered.bytes();
    }

    /** How many bytes of a command that has begun are kept. */
    public int gatheredLength() {
        return gathered.length();
    }

    private void begin(int at, boolean array) {
        gathered.clear();
        command.begin();
        partFrom = at;
        earlier = 0;
        number.begin();
        state = array ? State.COUNT : State.INLINE;
    }

    /** Whether the command ends here, because it has no arguments. */
    private boolean counted() {
        argumentsLeft = number.value();
        if (argumentsLeft > MOST_ARGUMENTS) {
            state = State.BROKEN;
            return false;
        }
        state = State.MARK;
        return argumentsLeft <= 0;
    }

    private int marked(byte[] bytes, int at) {
        number.begin();
        state = bytes[at] == '$' ? State.LENGTH : State.BROKEN;
        return at + 1;
    }

    private void sized(int at) {
        if (number.value() < 0) {
            state = State.BROKEN;
            return;
        }
        bodyLeft = number.value() + 2;
        state = State.BODY;
        if (command.kept() && !gathered.holds(number.value() + earlier + at - partFrom)) {
            // Known now: whoever holds the beginning back need not wait for the body.
            letGo();
        }
        argumentAt = command.kept() ? earlier + at - partFrom : 0;
    }

    /** Whether the command ends with this argument. */
    private boolean argument(byte[] bytes, int at) {
        if (command.kept()) {
            int end = earlier + at - partFrom - 2;
            command.argument(argumentAt, end);
            if (command.size() <= 2) {
                decide(bytes, at, end);
            }
        }
        argumentsLeft--;
        state = State.MARK;
        return argumentsLeft == 0;
    }

    /** The name says whether the command is needed, and for some the key does. */
    private void decide(byte[] bytes, int at, int end) {
        byte[] source = bytes;
        int base = partFrom;
        if (earlier > 0) {
            if (!gather(bytes, at)) {
                return;
            }
            source = gathered.bytes();
            base = 0;
        }
        if (command.size() == 1) {
            command.verb(Verb.of(source, base + argumentAt, base + end));
        } else if (command.verb().keyed() && !wanted(source, base + argumentAt, base + end)) {
            command.verb(Verb.OTHER);
        }
        if (command.verb() == Verb.OTHER && !keepAll) {
            letGo();
        }
    }

    private boolean wanted(byte[] source, int from, int to) {
        return wantedKey.test(new String(source, from, to - from, StandardCharsets.UTF_8));
    }

    private int ended(byte[] bytes, int at) {
        if (command.kept()) {
            if (earlier == 0) {
                command.end(bytes, partFrom, at);
            } else if (gather(bytes, at)) {
                command.end(gathered.bytes(), 0, gathered.length());
            }
        }
        state = State.BEGIN;
        return at;
    }

    /** Moves the command's bytes up to {@code to} out of the buffer at hand; false when that is more than is kept. */
    private boolean gather(byte[] bytes, int to) {
        if (!gathered.add(bytes, partFrom, to)) {
            letGo();
            return false;
        }
        earlier = gathered.length();
        partFrom = to;
        return true;
    }

    private void letGo() {
        command.letGo();
        gathered.clear();
        earlier = 0;
    }

    private int inline(byte[] bytes, int at, int to) {
        int end = at;
        while (end < to && bytes[end] != '\n' && bytes[end] != 0) {
            end++;
        }
        if (end < to && bytes[end] == 0) {
            // Redis looks no further for the end of the line, and answers when there is too much of it.
            state = State.BROKEN;
            return to;
        }
        if (earlier + end - partFrom > INLINE_LIMIT) {
            state = State.BROKEN;
            return to;
        }
        if (end == to) {
            return to;
        }
        end = ended(bytes, end + 1);
        if (command.kept() && !InlineSyntax.split(command)) {
            state = State.BROKEN;
            return end;
        }
        command.settle(wantedKey);
        return end;
    }
}
