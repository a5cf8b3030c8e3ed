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
    private long takes;

    /** None so far; {@code envelopeOfRun} makes the envelope of the next event of a run. */
    public Observations(Function<String, Envelope> envelopeOfRun) {
        this(envelopeOfRun, WorkerClass.NOT_SAID);
    }

    /** None so far, of a worker of class {@code workerClass}. */
    public Observations(Function<String, Envelope> envelopeOfRun, String workerClass) {
        this(envelopeOfRun, workerClass, ObservationLog.ROWS_PER_BATCH);
    }

    /** The same in batches of {@code rowsPerBatch}. */
    Observations(Function<String, Envelope> envelopeOfRun, String workerClass, int rowsPerBatch) {
        this.log = new ObservationLog(envelopeOfRun, this::add, this::add, workerClass, rowsPerBatch);
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

    /** How often somebody took some: as long as this grows, none of them is old. */
    public long takes() {
        return takes;
    }

    /** Whether a whole batch of them waits. */
    boolean hasWholeBatch() {
        return !entries.isEmpty();
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
        takes++;
        return taken;
    }

    /** Puts an entry back that Redis refused, or never answered. */
    void giveBack(Fields entry) {
        entries.add(entry);
    }
}
