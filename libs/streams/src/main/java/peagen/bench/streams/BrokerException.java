package peagen.bench.streams;

/**
 * A stream operation that failed. Its message is one line that names the operation, the stream or the server (never its
 * password), and the cause, so that it can be shown to a user as it is.
 */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, as far as the caller may want to act on it. */
    public enum Reason {
        /** Nobody answers at the address, or the connection broke. */
        UNREACHABLE,
        /** The server asks for a password, or refuses the given one. */
        UNAUTHORIZED,
        /** The server takes no writes: a replica. */
        READ_ONLY,
        /** The server has no memory left for writes. */
        OUT_OF_MEMORY,
        /** The server is older than 6.2 or lacks a command that is needed. */
        UNSUPPORTED_SERVER,
        /** The address itself cannot be understood. */
        BAD_ADDRESS,
        /** The server answered with an error of any other kind. */
        REJECTED
    }

    private final Reason reason;

    /** Says {@code message} about a failure of kind {@code reason}. */
    public BrokerException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Says {@code message} about a failure of kind {@code reason} that {@code cause} brought about. */
    public BrokerException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of failure this is. */
    public Reason reason() {
        return reason;
    }
}
