package peagen.bench.runner.verdict.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import peagen.bench.contract.Secret;
import peagen.bench.runner.edge.BadInput;

/** The token that a gatekeeper's API wants, from a file or from the environment; no message shows it. Blocking. */
public final class ApiToken {

    /** The environment variable that holds it. */
    public static final String VARIABLE = "PEAGEN_BENCH_TOKEN";

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private ApiToken() {}

    /**
     * The token in {@code file}, else that of {@code environment}; empty when there is neither.
     *
     * @throws BadInput when it cannot be read or cannot stand in a header
     */
    public static Optional<Secret> read(Optional<Path> file, Map<String, String> environment) {
        if (file.isPresent()) {
            return Optional.of(checked("--token-file: " + file.get(), content(file.get())));
        }
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(text -> !text.isBlank())
                .map(text -> checked(VARIABLE, text));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new BadInput("--token-file: cannot read " + file + "; expected a file with a token in one line");
        }
    }

    private static Secret checked(String where, String text) {
        String token = text.strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new BadInput(where + ": holds no token; expected one line of letters, digits and punctuation");
        }
        return new Secret(token);
    }
}
