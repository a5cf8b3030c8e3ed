package peagen.bench.measurement.workers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.contract.event.WorkersSeen;
import peagen.bench.measurement.wire.WireReader;
import peagen.bench.measurement.wire.WireWriter;

/**
 * The wire form of {@link WorkerLives}, version 1: what was not kept, the classes that occur in ascending order, the number of
 * workers, then for each in ascending order of names: how many characters its name shares with the one before, the rest of the
 * name, the position of its class, one bit for each time that is known (1 started, 2 first claim, 4 stopped), these times as the
 * differences to the known time before, lives, and how often something was seen of it.
 *
 * <p>A worker takes at most 829 bytes, and so the whole at most 59 MB with as many classes as workers; in practice 15 to 40 bytes
 * a worker.
 */
final class WorkerLivesWire {

    private static final int VERSION = 1;
    private static final int WORKER_BYTES = 6;
    private static final int STARTED = 1;
    private static final int FIRST_CLAIM = 2;
    private static final int STOPPED = 4;

    private WorkerLivesWire() {}

    static byte[] encode(WorkerLives lives) {
        Set<String> occurring = new TreeSet<>();
        lives.forEach((name, life) -> occurring.add(life.workerClass()));
        List<String> classes = List.copyOf(occurring);
        WireWriter out = new WireWriter(VERSION).unsigned(lives.unkept()).unsigned(classes.size());
        classes.forEach(out::text);
        out.unsigned(lives.size());
        String[] before = {""};
        Times times = new Times();
        lives.forEach((name, life) -> {
            int shared = shared(before[0], name);
            out.unsigned(shared)
                    .text(name.substring(shared))
                    .unsigned(Collections.binarySearch(classes, life.workerClass()));
            out.unsigned((life.started() == WorkerLife.NEVER ? 0 : STARTED)
                    | (life.firstClaim() == WorkerLife.NEVER ? 0 : FIRST_CLAIM)
                    | (life.stopped() == WorkerLife.NEVER ? 0 : STOPPED));
            times.write(out, life.started());
            times.write(out, life.firstClaim());
            times.write(out, life.stopped());
            out.unsigned(life.lives()).unsigned(life.moments());
            before[0] = name;
        });
        return out.toByteArray();
    }

    private static int shared(String a, String b) {
        int end = Math.min(a.length(), b.length());
        int at = 0;
        while (at < end && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        // A character outside of the basic plane is two, and must not be cut: alone, neither is text.
        return at > 0 && Character.isHighSurrogate(b.charAt(at - 1)) ? at - 1 : at;
    }

    static Decoded<WorkerLives> decode(byte[] wire) {
        return WireReader.decode("worker lives", VERSION, wire, WorkerLivesWire::read);
    }

    private static WorkerLives read(WireReader in) {
        WorkerLives lives = new WorkerLives();
        lives.byName().addUnkept(in.count());
        List<String> classes = new ArrayList<>();
        for (int left = in.items(1); left > 0; left--) {
            String workerClass = in.text();
            in.check(WorkerClass.isOne(workerClass), "no worker class");
            in.check(classes.isEmpty() || workerClass.compareTo(classes.getLast()) > 0, "classes are not ascending");
            classes.add(workerClass);
        }
        int count = in.items(WORKER_BYTES);
        in.check(count <= WorkerLives.MAX_WORKERS, count + " workers");
        String before = "";
        Times times = new Times();
        for (int left = count; left > 0; left--) {
            String name = name(in, before);
            in.check(left == count || name.compareTo(before) > 0, "workers are not ascending");
            long position = in.count();
            in.check(position < classes.size(), "class " + position + " of " + classes.size());
            long known = in.count();
            in.check(known <= (STARTED | FIRST_CLAIM | STOPPED), "unknown times");
            lives.byName()
                    .add(
                            name,
                            new WorkerLife(
                                    classes.get((int) position),
                                    times.read(in, (known & STARTED) != 0),
                                    times.read(in, (known & FIRST_CLAIM) != 0),
                                    times.read(in, (known & STOPPED) != 0),
                                    in.count(),
                                    in.count()));
            before = name;
        }
        return lives;
    }

    private static String name(WireReader in, String before) {
        long shared = in.count();
        in.check(shared <= before.length(), "a name that shares " + shared + " of " + before.length() + " characters");
        String name = before.substring(0, (int) shared) + in.text();
        in.check(name.length() <= WorkersSeen.MAX_NAME_CHARS, "a name of " + name.length() + " characters");
        return name;
    }

    /** Times as differences to the one before. */
    private static final class Times {
        private long last;

        void write(WireWriter out, long micros) {
            if (micros != WorkerLife.NEVER) {
                out.signed(micros - last);
                last = micros;
            }
        }

        long read(WireReader in, boolean known) {
            if (!known) {
                return WorkerLife.NEVER;
            }
            last += in.signed();
            in.check(last >= 0, "a negative time");
            return last;
        }
    }
}
