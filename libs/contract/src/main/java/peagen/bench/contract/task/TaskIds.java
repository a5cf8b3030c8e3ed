package peagen.bench.contract.task;

import java.nio.charset.StandardCharsets;

/**
 * Task ids of a run: 32 lower-case hexadecimal digits, 16 that stand for the run and 16 that are the sequence number. They
 * match the farm's {@code ^[0-9a-f]{16,}$}, and a person can read the number off the end.
 */
public final class TaskIds {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final String runPart;

    private TaskIds(String runPart) {
        this.runPart = runPart;
    }

    /** The ids of run {@code runId}. */
    public static TaskIds ofRun(String runId) {
        return new TaskIds(hex(fnv1a64(runId)));
    }

    /** The id of task {@code sequence}. */
    public String id(long sequence) {
        return runPart + hex(sequence);
    }

    private static String hex(long value) {
        char[] digits = new char[16];
        for (int i = 15; i >= 0; i--) {
            digits[i] = HEX[(int) (value & 0xf)];
            value >>>= 4;
        }
        return new String(digits);
    }

    /** FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/. Not a secret, only short and evenly spread. */
    private static long fnv1a64(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
