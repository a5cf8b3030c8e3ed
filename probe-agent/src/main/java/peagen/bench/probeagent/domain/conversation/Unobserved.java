package peagen.bench.probeagent.domain.conversation;

/** Why something went by without being seen. It was passed on all the same. */
public enum Unobserved {
    /** A command or reply about tasks was larger than the agent keeps. */
    TOO_LARGE("too large"),
    /** The connection subscribed to channels: what comes then answers no command. */
    SUBSCRIBED("subscribed"),
    /** The connection became a monitor or a replica. */
    STREAMED("monitor or replica"),
    /** A script works on the farm's streams, out of sight. */
    SCRIPTED("script"),
    /** Tasks were read with NOACK: there will be no acknowledgement to see. */
    WITHOUT_ACK("read with NOACK"),
    /** SELECT or CLIENT REPLY in a transaction: whether they take effect is not told one by one. */
    STATE_IN_TRANSACTION("SELECT or CLIENT REPLY in a transaction"),
    /** The client sent more commands than are remembered and read no replies. */
    TOO_MANY("too many commands in flight"),
    /** The client broke the protocol. */
    CLIENT_BROKE_PROTOCOL("client broke the protocol"),
    /** The server sent what is no reply that anybody asked for. */
    SERVER_BROKE_PROTOCOL("unexpected from the server"),
    /** A reply has another shape than its command's documentation gives it. */
    UNEXPECTED_REPLY("unexpected reply");

    private final String reason;

    Unobserved(String reason) {
        this.reason = reason;
    }

    /** The reason in a few words. */
    public String reason() {
        return reason;
    }
}
