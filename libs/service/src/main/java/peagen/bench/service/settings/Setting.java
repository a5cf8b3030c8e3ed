package peagen.bench.service.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import peagen.bench.service.syntax.Syntax;

/**
 * One thing a user can set, declared once and used as the key to its value. A setting has a default, or is optional, or must be
 * given.
 *
 * @param name in kebab case, such as {@code claim-batch}: {@code --claim-batch}, {@code BENCH_CLAIM_BATCH}, {@code claim-batch = …}
 * @param description one line saying what it changes
 * @param syntax how its value is written; {@link Syntax#hidden} keeps the value out of everything shown
 * @param fallback the default; empty when a value must be given
 * @param <T> the value
 */
public record Setting<T>(String name, String description, Syntax<T> syntax, Optional<T> fallback) {

    /** In front of every environment variable of ours. */
    static final String ENVIRONMENT_PREFIX = "BENCH_";

    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** Rejects a name that is not in kebab case and a description of several lines: mistakes of the programmer. */
    public Setting {
        if (!KEBAB_CASE.matcher(name).matches()) {
            throw new IllegalArgumentException("not kebab-case: " + name);
        }
        if (description.isBlank() || description.contains("\n")) {
            throw new IllegalArgumentException(name + " needs a description of one line");
        }
    }

    /** A setting that must be given, until {@link #defaultsTo} says otherwise. */
    public static <T> Setting<T> of(String name, String description, Syntax<T> syntax) {
        return new Setting<>(name, description, syntax, Optional.empty());
    }

    /** A setting that may be absent: its value is empty then. */
    public static <T> Setting<Optional<T>> optional(String name, String description, Syntax<T> syntax) {
        return new Setting<>(name, description, syntax.optional(), Optional.of(Optional.empty()));
    }

    /** This setting with a default. */
    public Setting<T> defaultsTo(T value) {
        return new Setting<>(name, description, syntax, Optional.of(value));
    }

    /** As on the command line: {@code --claim-batch}. */
    public String flag() {
        return "--" + name;
    }

    /** As in the environment: {@code BENCH_CLAIM_BATCH}. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** Whether the bare flag means yes. */
    boolean isFlag() {
        return syntax.placeholder().equals(Syntax.flag().placeholder());
    }
}
