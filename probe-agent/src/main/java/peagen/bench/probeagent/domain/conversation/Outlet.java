package peagen.bench.probeagent.domain.conversation;

/** Where one direction of a conversation goes on to, in the order of the calls. */
public interface Outlet {

    /** Bytes {@code [from, to)} of what was just handed in go on as they are. */
    void pass(int from, int to);

    /** Bytes that were held back, or are ours. The array is not changed afterwards. */
    void send(byte[] bytes);

    /** What was passed on so far is wanted now: whoever calls has more to do before it hands back. */
    default void hurry() {}
}
