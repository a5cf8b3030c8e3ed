package peagen.bench.streams;

/** A password that no log line, message or debugger view shows by accident: only {@link #reveal()} gives it away. */
public final class Secret {

    private final String value;

    /** Wraps {@code value}. */
    public Secret(String value) {
        this.value = value;
    }

    /** The password itself, for the handshake and for child processes only. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
