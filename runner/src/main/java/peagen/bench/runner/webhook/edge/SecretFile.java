package peagen.bench.runner.webhook.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import peagen.bench.contract.Secret;
import peagen.bench.gatekeeper.webhook.domain.SigningSecret;
import peagen.bench.runner.edge.BadInput;

/** The secrets of a subscription in a file: a line each, the newest first; blank lines and those with {@code #} do not count. */
public final class SecretFile {

    private static final int MOST = 2;

    private SecretFile() {}

    /**
     * Reads {@code file}. Blocking.
     *
     * @throws BadInput when it holds no secrets, or more than two; no message shows one
     */
    public static List<SigningSecret> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new BadInput(
                    "--secret-file: cannot read '" + file + "'; expected a file with " + SigningSecret.EXPECTED);
        }
        if (lines.isEmpty() || lines.size() > MOST) {
            throw new BadInput("--secret-file: %s holds %d secrets; expected one, or two during a rotation, a line each"
                    .formatted(file, lines.size()));
        }
        return lines.stream()
                .map(line -> parsed("--secret-file: " + file, new Secret(line)))
                .toList();
    }

    /**
     * Reads a secret that was given itself.
     *
     * @throws BadInput when it is none; the message does not show it
     */
    public static SigningSecret given(Secret secret) {
        return parsed("--secret", secret);
    }

    private static SigningSecret parsed(String where, Secret written) {
        try {
            return SigningSecret.of(written);
        } catch (IllegalArgumentException noSecret) {
            throw new BadInput(where + ": " + noSecret.getMessage());
        }
    }
}
