package peagen.bench.probeagent.domain.resp;

/** A reply is sound RESP and has another shape than the command's documentation gives it. */
public final class UnexpectedReplyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnexpectedReplyException(String expected, byte type) {
        super("expected " + expected + ", got type '" + (char) type + "'");
    }
}
