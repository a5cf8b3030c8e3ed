package peagen.bench.service.launch;

import java.io.PrintStream;
import java.util.Map;

/** What the launcher uses of the process it runs in; tests hand in one of their own. */
public interface HostProcess {

    /** Standard output: answers to questions. */
    PrintStream out();

    /** Standard error: everything else for people. */
    PrintStream err();

    /** The environment variables. */
    Map<String, String> environment();

    /** Runs {@code hook} when the process is asked to end (SIGTERM, SIGINT, exit); the process waits until it returns. */
    void onTermination(Runnable hook);

    /** Ends the process, running the hooks; does not return. */
    void exit(int status);

    /** The process of this JVM. A second Ctrl-C ends it at once, whatever the hooks do. */
    static HostProcess current() {
        return new JvmProcess();
    }
}
