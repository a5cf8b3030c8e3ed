package peagen.bench.measurement.marks;

import peagen.bench.contract.Decoded;
import peagen.bench.contract.event.FaultsMarked.FaultKind;
import peagen.bench.measurement.wire.WireReader;
import peagen.bench.measurement.wire.WireWriter;

/**
 * The wire form of {@link Recoveries}, version 1: what was not kept of tasks, the number of tasks, then for each in ascending
 * order the difference of its number to the one before (the first to −1), one bit for each time that is known (1 fault,
 * 2 orphaned, 4 ended), these times as the differences to the known time before, with a fault its number, with an end the
 * delivery, and how often it was seen; what was not kept of faults, the number of faults, and for each the difference of its
 * number to the one before (the first to −1), the code of its kind, its time as the difference to the one before, and how often
 * it was said.
 *
 * <p>A task takes at most 61 bytes and a fault 31, and so the whole at most 6.3 MB; in practice about 12 bytes a task.
 */
final class RecoveriesWire {

    private static final int VERSION = 1;
    private static final int TASK_BYTES = 3;
    private static final int FAULT_BYTES = 4;
    private static final int FAULT = 1;
    private static final int ORPHANED = 2;
    private static final int ENDED = 4;
    private static final long LAST_SEQUENCE = 0xffff_ffffL;

    private RecoveriesWire() {}

    static byte[] encode(Recoveries recoveries) {
        WireWriter out = new WireWriter(VERSION)
                .unsigned(recoveries.unkeptTaskMarks())
                .unsigned(recoveries.tasks().size());
        long[] before = {-1};
        Times times = new Times();
        recoveries.tasks().forEach((sequence, task) -> {
            out.unsigned(sequence - before[0]);
            before[0] = sequence;
            out.unsigned((task.faultMicros() == Recovery.NEVER ? 0 : FAULT)
                    | (task.orphaned() == Recovery.NEVER ? 0 : ORPHANED)
                    | (task.ended() == Recovery.NEVER ? 0 : ENDED));
            if (task.faultMicros() != Recovery.NEVER) {
                times.write(out, task.faultMicros());
                out.unsigned(task.fault());
            }
            if (task.orphaned() != Recovery.NEVER) {
                times.write(out, task.orphaned());
            }
            if (task.ended() != Recovery.NEVER) {
                times.write(out, task.ended());
                out.unsigned(task.lastDelivery());
            }
            out.unsigned(task.marks());
        });
        out.unsigned(recoveries.unkeptFaultMarks()).unsigned(recoveries.faults().size());
        before[0] = -1;
        recoveries.faults().forEach((number, fault) -> {
            out.unsigned(number - before[0]).unsigned(fault.kind().code());
            before[0] = number;
            times.write(out, fault.atMicros());
            out.unsigned(fault.marks());
        });
        return out.toByteArray();
    }

    static Decoded<Recoveries> decode(byte[] wire) {
        return WireReader.decode("recoveries", VERSION, wire, in -> {
            Recoveries recoveries = new Recoveries();
            Times times = new Times();
            readTasks(in, times, recoveries);
            readFaults(in, times, recoveries);
            return recoveries;
        });
    }

    private static void readTasks(WireReader in, Times times, Recoveries recoveries) {
        recoveries.tasks().addUnkept(in.count());
        int count = in.items(TASK_BYTES);
        in.check(count <= Recoveries.MAX_TASKS, count + " tasks");
        long sequence = -1;
        for (int left = count; left > 0; left--) {
            sequence = after(in, sequence);
            in.check(sequence <= LAST_SEQUENCE, "task " + sequence + " out of range");
            long known = in.count();
            in.check(known <= (FAULT | ORPHANED | ENDED), "unknown times");
            boolean hit = (known & FAULT) != 0;
            boolean ended = (known & ENDED) != 0;
            long faultMicros = hit ? times.read(in) : Recovery.NEVER;
            long fault = hit ? in.count() : Recovery.NEVER;
            long orphanedMicros = (known & ORPHANED) != 0 ? times.read(in) : Recovery.NEVER;
            long endedMicros = ended ? times.read(in) : Recovery.NEVER;
            long delivery = ended ? in.count() : 0;
            in.check(delivery <= Integer.MAX_VALUE, "delivery " + delivery);
            recoveries
                    .tasks()
                    .add(
                            sequence,
                            new Recovery(fault, faultMicros, orphanedMicros, endedMicros, (int) delivery, in.count()));
        }
    }

    private static void readFaults(WireReader in, Times times, Recoveries recoveries) {
        recoveries.faults().addUnkept(in.count());
        int count = in.items(FAULT_BYTES);
        in.check(count <= Recoveries.MAX_FAULTS, count + " faults");
        long number = -1;
        for (int left = count; left > 0; left--) {
            number = after(in, number);
            FaultKind kind = FaultKind.ofCode(in.count()).orElseThrow(() -> in.unreadable("unknown kind of fault"));
            recoveries.faults().add(number, new MarkedFault(kind, times.read(in), in.count()));
        }
    }

    private static long after(WireReader in, long before) {
        long step = in.count();
        in.check(step > 0 && before + step >= 0, "numbers are not ascending");
        return before + step;
    }

    /** Times as differences to the one before. */
    private static final class Times {
        private long last;

        void write(WireWriter out, long micros) {
            out.signed(micros - last);
            last = micros;
        }

        long read(WireReader in) {
            last += in.signed();
            in.check(last >= 0, "a negative time");
            return last;
        }
    }
}
