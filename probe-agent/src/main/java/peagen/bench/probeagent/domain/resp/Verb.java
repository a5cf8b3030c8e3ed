package peagen.bench.probeagent.domain.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The commands that a conversation has to know to be followed; every other one has exactly one reply and is none of ours. */
public enum Verb {
    /** Any command that is not listed. */
    OTHER,
    XREADGROUP,
    XAUTOCLAIM,
    XCLAIM,
    XACK,
    XACKDEL,
    XDEL,
    XADD,
    MULTI,
    EXEC,
    DISCARD,
    WATCH,
    SELECT,
    CLIENT,
    RESET,
    EVAL,
    EVALSHA,
    FCALL,
    SUBSCRIBE,
    PSUBSCRIBE,
    SSUBSCRIBE,
    UNSUBSCRIBE,
    PUNSUBSCRIBE,
    SUNSUBSCRIBE,
    MONITOR,
    SYNC,
    PSYNC;

    private static final int SLOTS = 128;
    private static final int LONGEST = 12;
    private static final Verb[] TABLE = new Verb[SLOTS];
    private static final byte[][] NAMES = new byte[SLOTS][];

    static {
        Arrays.fill(TABLE, OTHER);
        for (Verb verb : values()) {
            if (verb != OTHER) {
                enter(verb);
            }
        }
    }

    private static void enter(Verb verb) {
        byte[] name = verb.name().getBytes(StandardCharsets.US_ASCII);
        int slot = hash(name, 0, name.length);
        while (TABLE[slot] != OTHER) {
            slot = (slot + 1) % SLOTS;
        }
        TABLE[slot] = verb;
        NAMES[slot] = name;
    }

    /** The verb that {@code bytes[from, to)} names, in any case of letters. Allocates nothing. */
    static Verb of(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return OTHER;
        }
        for (int slot = hash(bytes, from, to); TABLE[slot] != OTHER; slot = (slot + 1) % SLOTS) {
            if (isName(NAMES[slot], bytes, from, to)) {
                return TABLE[slot];
            }
        }
        return OTHER;
    }

    /** Whether the first argument is the key that decides whether the command is any of ours. */
    boolean keyed() {
        return switch (this) {
            case XAUTOCLAIM, XCLAIM, XACK, XACKDEL, XDEL, XADD -> true;
            default -> false;
        };
    }

    private static boolean isName(byte[] name, byte[] bytes, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (upper(bytes[from + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + upper(bytes[i]);
        }
        return (hash ^ (hash >>> 9)) & (SLOTS - 1);
    }

    private static int upper(byte letter) {
        return letter >= 'a' && letter <= 'z' ? letter - 32 : letter;
    }
}
