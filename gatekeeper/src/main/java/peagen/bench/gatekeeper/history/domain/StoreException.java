package peagen.bench.gatekeeper.history.domain;

/** The store does not take or give what it should: it is locked, full, read-only, gone, or of another version. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what was tried, and why it did not go, in words for whoever runs the gatekeeper. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
