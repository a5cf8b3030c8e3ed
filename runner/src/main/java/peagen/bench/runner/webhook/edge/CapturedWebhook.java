package peagen.bench.runner.webhook.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import peagen.bench.runner.edge.BadInput;

/** A webhook that somebody wrote down: the headers in one file, the body in another. Blocking. */
public final class CapturedWebhook {

    private CapturedWebhook() {}

    /**
     * Headers as a client or server writes them down, {@code Name: value} a line. Other lines, such as a request line, are passed
     * over.
     */
    public static Map<String, String> headers(Path file) {
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            Files.readAllLines(file).forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip());
                }
            });
            return headers;
        } catch (IOException unreadable) {
            throw new BadInput("--header-file: cannot read '" + file + "'; expected lines such as 'webhook-id: msg_…'");
        }
    }

    /** The body, byte for byte, from {@code file} or else from {@code otherwise}. */
    public static byte[] body(Optional<Path> file, InputStream otherwise) {
        try {
            return file.isPresent() ? Files.readAllBytes(file.get()) : otherwise.readAllBytes();
        } catch (IOException unreadable) {
            throw new BadInput("BODY_FILE: cannot read "
                    + file.map(path -> "'" + path + "'").orElse("standard input"));
        }
    }
}
