package peagen.bench.service.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import peagen.bench.service.terminal.Terminal;

/**
 * Where the log goes.
 *
 * @param container whether the process runs in one
 * @param terminal whether a person watches standard error
 * @param colours whether that person wants colours
 */
record Surroundings(boolean container, boolean terminal, boolean colours) {

    static Surroundings detect(Map<String, String> environment) {
        boolean container = environment.containsKey("KUBERNETES_SERVICE_HOST") || Files.exists(Path.of("/.dockerenv"));
        return new Surroundings(container, Terminal.watchesStandardError(), Terminal.allowsColours(environment));
    }

    LogFormat resolve(LogFormat wanted) {
        if (wanted != LogFormat.AUTO) {
            return wanted;
        }
        return container && !terminal ? LogFormat.JSON : LogFormat.TEXT;
    }
}
