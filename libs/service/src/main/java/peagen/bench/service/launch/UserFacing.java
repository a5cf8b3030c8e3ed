package peagen.bench.service.launch;

/** Implemented by exceptions whose message is meant for the user, and that know which exit code they deserve. */
public interface UserFacing {

    /** What the process ends with. */
    ExitCode exitCode();
}
