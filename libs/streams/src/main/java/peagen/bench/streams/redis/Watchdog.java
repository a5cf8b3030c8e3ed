package peagen.bench.streams.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends a server, and deletes its directory, when this JVM is killed outright and can do neither. A shell waits for a word from
 * us on a pipe: the pipe's end without one says that we are gone. Any thread.
 */
final class Watchdog {

    /** Deaf to what a terminal sends to every process of a run; those end it in their own order, and it has to see that. */
    private static final String WAIT =
            "trap '' INT HUP TERM; read -r released || { kill -9 \"$1\"; rm -rf -- \"$2\"; }";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /**
     * Sets a watchdog over {@code server}, which works in {@code directory}. It is released by itself when the server ends, since
     * its process id may then become another's.
     */
    static Watchdog over(Process server, Path directory) throws IOException {
        List<String> command = new ArrayList<>(RedisServerProcess.DEAF_TO_CTRL_C);
        command.addAll(List.of("sh", "-c", WAIT, "sh", Long.toString(server.pid()), directory.toString()));
        Watchdog watchdog = new Watchdog(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        var unused = server.onExit().thenRun(watchdog::release);
        return watchdog;
    }

    /** Sends it away. A second time it does nothing. */
    synchronized void release() {
        try (OutputStream word = shell.getOutputStream()) {
            word.write('\n');
        } catch (IOException goneAlready) {
            // then it watches nothing any more
        }
    }
}
