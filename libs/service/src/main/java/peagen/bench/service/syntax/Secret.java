package peagen.bench.service.syntax;

/** A password, token or key. It shows itself to {@link #reveal} only, never to logs, problems or help texts. */
public final class Secret {

    private final String value;

    /** Hides {@code value}. */
    public Secret(String value) {
        this.value = value;
    }

    /** The value, for the one who has to present it. */
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

    /** Always {@code ****}. */
    @Override
    public String toString() {
        return "****";
    }
}
