package peagen.bench.runner.edge;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import peagen.bench.runner.domain.HeapPeak;
import peagen.bench.runner.domain.RunRecord;

/** What this machine, and this JVM on it, say of themselves. */
public final class ThisMachine {

    private ThisMachine() {}

    /** The machine, for the record of a run. */
    public static RunRecord.Host host() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new RunRecord.Host(
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("java.vendor") + " " + Runtime.version());
    }

    /** How much heap this JVM had in use; the peaks of its parts need not have been at the same time, so it may be less. */
    public static HeapPeak heapPeak() {
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        long limit = Runtime.getRuntime().maxMemory();
        return new HeapPeak(Math.min(peak, limit), limit);
    }
}
