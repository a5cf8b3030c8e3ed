package peagen.bench.service.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether a person is watching. */
public final class Terminal {

    private Terminal() {}

    /** Whether standard error goes to a terminal. Answers no where the system does not say, as anywhere but on Linux. */
    public static boolean watchesStandardError() {
        return leadsToTerminal(Path.of("/proc/self/fd/2"));
    }

    /** Whether standard output goes to a terminal. Answers no where the system does not say, as anywhere but on Linux. */
    public static boolean watchesStandardOutput() {
        return leadsToTerminal(Path.of("/proc/self/fd/1"));
    }

    /** Whether the user's environment allows colours: no {@code NO_COLOR} (https://no-color.org), no dumb terminal. */
    public static boolean allowsColours(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    static boolean leadsToTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
