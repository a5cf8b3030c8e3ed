package peagen.bench.probeagent.domain.conversation;

import java.util.Arrays;
import peagen.bench.probeagent.domain.resp.CommandScanner;

/**
 * The beginning of a command that must not go on before it is known whether something of ours goes in front of it. Its bytes stay
 * with the scanner, which gathers the command anyway, and are copied once, when they go on.
 */
final class HeldBack {

    private static final byte[] NOTHING = {};

    private boolean holding;
    private byte[] room = NOTHING;
    private int length;

    boolean holding() {
        return holding;
    }

    /** From the next read on. */
    void hold(boolean hold) {
        holding = hold;
    }

    /**
     * The next read begins. What is held back stands at the beginning of {@link CommandScanner#gatheredBytes} now, and there it
     * stays, whatever the scanner does, until the scanner goes on behind the command's end.
     */
    void begin(CommandScanner scanner) {
        room = holding ? scanner.gatheredBytes() : NOTHING;
        length = holding ? scanner.gatheredLength() : 0;
    }

    /** Copies what is held back, before the scanner goes on behind the command's end. */
    void settle() {
        if (length > 0) {
            room = Arrays.copyOf(room, length);
        }
    }

    /** What was held back when the read began, for good. */
    byte[] bytes() {
        return length == 0 ? NOTHING : Arrays.copyOf(room, length);
    }
}
