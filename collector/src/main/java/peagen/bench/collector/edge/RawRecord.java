package peagen.bench.collector.edge;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.collector.domain.RawLines;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * The raw records of all runs, second by second. A file is opened when it has its first line, and finished when nothing came for
 * a while. Blocking; not thread-safe.
 */
final class RawRecord {

    /** A run that had no delta for this long has its file finished; another delta opens the next. */
    static final int IDLE_SECONDS = 60;

    private final RawFiles files;
    private final Map<String, Recording> recordings = new HashMap<>();
    private final Map<String, RunPlan> plans = new RawFiles.Remembered<>();

    private static final class Recording {
        private final RawLines lines;
        private long lastSecond = Long.MIN_VALUE;

        Recording(RawLines lines) {
            this.lines = lines;
        }
    }

    /** Records where {@code config} says. */
    RawRecord(RawRecordConfig config) {
        this.files = new RawFiles(config.directory(), "metrics", config.rotateBytes());
    }

    /** Finishes what others have left behind. */
    void resume() {
        files.resume();
    }

    /** The plan of run {@code runId} became known. */
    void planned(String runId, RunPlan plan) {
        plans.put(runId, plan);
        Optional.ofNullable(recordings.get(runId)).ifPresent(recording -> recording.lines.planned(plan));
    }

    /** Takes what one delta of run {@code runId}, committed in {@code second}, adds. */
    void add(String runId, RunAggregate delta, long second) {
        if (!files.takes(runId)) {
            return;
        }
        Recording recording = recordings.computeIfAbsent(runId, this::begin);
        recording.lines.add(delta, second);
        recording.lastSecond = Math.max(recording.lastSecond, second);
    }

    private Recording begin(String runId) {
        RawLines lines = new RawLines(runId);
        Optional.ofNullable(plans.get(runId)).ifPresent(lines::planned);
        return new Recording(lines);
    }

    /** Writes the lines of every second before {@code before}. */
    void write(long before) {
        for (Iterator<Map.Entry<String, Recording>> all = recordings.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Recording> entry = all.next();
            Recording recording = entry.getValue();
            List<String> lines = recording.lines.linesBefore(before);
            boolean written = files.write(entry.getKey(), lines);
            boolean over = recording.lines.isEmpty() && recording.lastSecond < before - IDLE_SECONDS;
            if (!written || over) {
                all.remove();
                files.finish(entry.getKey());
            }
        }
    }

    /** Writes every line there is and finishes every file. */
    void close() {
        write(Long.MAX_VALUE);
        recordings.clear();
        files.finish();
    }
}
