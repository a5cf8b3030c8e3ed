package peagen.bench.gatekeeper.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import peagen.bench.contract.verdict.VerdictState;

/** What a gatekeeper shows of itself. Thread-safe. */
public final class GatekeeperMeters {

    private final Map<VerdictState, Counter> judged = new EnumMap<>(VerdictState.class);
    private final AtomicInteger open = new AtomicInteger();
    private final Counter late;
    private final Counter unreadable;
    private final Counter undeclared;
    private final AtomicInteger lateRuns = new AtomicInteger();
    private final Counter lateEvents;
    private final Counter revised;

    /** Meters in {@code registry}. */
    public GatekeeperMeters(MeterRegistry registry) {
        for (VerdictState state : VerdictState.values()) {
            Counter counter = Counter.builder("bench.gatekeeper.runs.judged")
                    .description("runs that were given a verdict")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
            judged.put(state, counter);
        }
        Gauge.builder("bench.gatekeeper.runs.open", open, AtomicInteger::get)
                .description("runs that were declared and not judged")
                .register(registry);
        late = entries(registry, "late", "entries of runs that were judged already");
        unreadable = entries(registry, "unreadable", "entries that could not be read");
        Gauge.builder("bench.gatekeeper.runs.late.window", lateRuns, AtomicInteger::get)
                .description("runs that were judged and still take what comes late")
                .register(registry);
        lateEvents = Counter.builder("bench.gatekeeper.late.events")
                .description("events that came after the first verdict of their run, in time to be judged")
                .register(registry);
        revised = Counter.builder("bench.gatekeeper.verdicts.revised")
                .description("further verdicts on runs that late events changed")
                .register(registry);
        undeclared = entries(registry, "undeclared", "entries let go because nobody declared their run");
    }

    private static Counter entries(MeterRegistry registry, String name, String description) {
        return Counter.builder("bench.gatekeeper.entries." + name)
                .description(description)
                .register(registry);
    }

    void judged(VerdictState state) {
        Counter counter = judged.get(state);
        if (counter != null) {
            counter.increment();
        }
    }

    void open(int runs) {
        open.set(runs);
    }

    void late(int runs) {
        lateRuns.set(runs);
    }

    void lateEvents(long events) {
        lateEvents.increment((double) events);
    }

    void revised() {
        revised.increment();
    }

    void late() {
        late.increment();
    }

    void unreadable() {
        unreadable.increment();
    }

    void undeclared(int entries) {
        undeclared.increment(entries);
    }
}
