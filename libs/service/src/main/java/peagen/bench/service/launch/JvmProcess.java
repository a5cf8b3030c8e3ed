package peagen.bench.service.launch;

import java.io.PrintStream;
import java.util.Map;

/** The real one. */
final class JvmProcess implements HostProcess {

    /** What shells report for a process that ended with Ctrl-C: 128 and the number of SIGINT. */
    static final int INTERRUPTED = 130;

    @Override
    public PrintStream out() {
        return System.out;
    }

    @Override
    public PrintStream err() {
        return System.err;
    }

    @Override
    public Map<String, String> environment() {
        return System.getenv();
    }

    @Override
    public void onTermination(Runnable hook) {
        Runtime.getRuntime().addShutdownHook(new Thread(hook, "stop"));
        Interrupts.install(
                "INT",
                new Interrupts(
                        () -> Runtime.getRuntime().exit(INTERRUPTED),
                        () -> Runtime.getRuntime().halt(INTERRUPTED)));
    }

    @Override
    public void exit(int status) {
        Runtime.getRuntime().exit(status);
    }
}
