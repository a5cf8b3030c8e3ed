package peagen.bench.gatekeeper.store.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a lease: a process, named so that another process of the same machine can tell that it is dead, and need not wait
 * until the lease has run out. Where that cannot be told (another machine, another container, no {@code /proc}) it counts as alive.
 */
final class Holder {

    private static final Path PROC = Path.of("/proc");
    private static final String UNKNOWN = "?";

    private final Path proc;

    Holder(Path proc) {
        this.proc = proc;
    }

    /** Those of this machine. */
    static Holder ofThisMachine() {
        return new Holder(PROC);
    }

    /** A name for this process; another one at every call. */
    String self() {
        String pid = Long.toString(ProcessHandle.current().pid());
        return String.join(
                "/",
                place(),
                pid,
                ownStart(pid).orElse(UNKNOWN),
                UUID.randomUUID().toString());
    }

    private Optional<String> ownStart(String pid) {
        try {
            return started(Files.readString(stat(pid)));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** When a process started, in ticks since the machine did, out of its {@code stat}; empty for one that has ended. */
    private static Optional<String> started(String stat) {
        // The name stands in brackets and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        boolean ended = fields[0].equals("Z") || fields[0].equals("X");
        return ended || fields.length < 20 ? Optional.empty() : Optional.of(fields[19]);
    }

    /** Whether the process that is called {@code holder} is dead for certain. */
    boolean isDead(String holder) {
        String[] parts = holder.split("/", -1);
        if (parts.length != 4 || !parts[0].equals(place()) || parts[0].contains(UNKNOWN) || parts[2].equals(UNKNOWN)) {
            return false;
        }
        // Where processes of others are hidden, one that cannot be seen may be alive; the first one of all always is.
        if (!Files.isReadable(proc.resolve("1/stat"))) {
            return false;
        }
        try {
            return !started(Files.readString(stat(parts[1]))).equals(Optional.of(parts[2]));
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The start of the machine, and the name space of its processes' numbers. */
    private String place() {
        try {
            String boot = Files.readString(proc.resolve("sys/kernel/random/boot_id"));
            return boot.strip() + Files.readSymbolicLink(proc.resolve("self/ns/pid"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return UNKNOWN;
        }
    }

    private Path stat(String pid) {
        return proc.resolve(pid).resolve("stat");
    }
}
