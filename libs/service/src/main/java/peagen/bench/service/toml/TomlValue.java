package peagen.bench.service.toml;

import java.util.Optional;

/**
 * The answer to one question to a {@link TomlSection}: there, absent, or wrong and already reported.
 *
 * @param <T> what was asked for
 */
public final class TomlValue<T> {

    private final Optional<T> value;
    private final Runnable whenRequired;

    TomlValue(Optional<T> value, Runnable whenRequired) {
        this.value = value;
        this.whenRequired = whenRequired;
    }

    /** The value; {@code fallback} when it is absent or wrong. */
    public T or(T fallback) {
        return value.orElse(fallback);
    }

    /** The value; empty when it is absent or wrong. */
    public Optional<T> optional() {
        return value;
    }

    /** The value; when it is absent that is a problem, and {@code standIn} lets the reading go on. */
    public T required(T standIn) {
        if (value.isEmpty()) {
            whenRequired.run();
        }
        return value.orElse(standIn);
    }
}
