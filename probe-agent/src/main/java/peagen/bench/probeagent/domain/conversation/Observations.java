package peagen.bench.probeagent.domain.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import peagen.bench.contract.entry.Fields;
import peagen.bench.contract.event.Envelope;
import peagen.bench.contract.event.TaskEvent;
import peagen.bench.contract.event.TaskEvents;
import peagen.bench.contract.event.WorkerClass;
import peagen.bench.probeagent.domain.ObservationLog;

/** What one conversation saw and nobody has taken yet, as entries for the event stream. For one thread. */
public final class Observations {

    private final ObservationLog log;
    private List<Fields> entries = new ArrayList<>();

    /** None so far; {@code envelopeOfRun} makes the envelope of the next event of a run. */
    public Observations(Function<String, Envelope> envelopeOfRun) {
        this(envelopeOfRun, WorkerClass.NOT_SAID);
    }

    /** None so far, of a worker of class {@code workerClass}. */
    public Observations(Function<String, Envelope> envelopeOfRun, String workerClass) {
        this.log = new ObservationLog(envelopeOfRun, this::add, this::add, workerClass);
    }

    private void add(TaskEvent event) {
        entries.add(TaskEvents.encode(event));
    }

    /** Where they are written to. */
    public ObservationLog log() {
        return log;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return entries.isEmpty() && !log.hasOpenRows();
    }

    /** All of them, which are the taker's from now on. */
    public List<Fields> take() {
        if (log.hasOpenRows()) {
            log.flush();
        }
        if (entries.isEmpty()) {
            return List.of();
        }
        List<Fields> taken = entries;
        entries = new ArrayList<>();
        return taken;
    }

    /** Puts entries back that Redis refused. */
    void giveBack(Fields entry) {
        entries.add(entry);
    }
}
