package peagen.bench.collector.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import peagen.bench.collector.domain.RawLines;
import peagen.bench.contract.event.RunPlan;
import peagen.bench.measurement.aggregate.RunAggregate;

/**
 * The raw records of all runs below one directory. A record that cannot be written is given up with one message, and the others
 * go on. A file is opened when it has its first line, and closed when nothing came for a while. Blocking; not thread-safe.
 */
final class RawRecord {

    /** A run that had no delta for this long has its file closed; another delta opens it again. */
    static final int IDLE_SECONDS = 60;

    private static final Logger LOG = LoggerFactory.getLogger(RawRecord.class);
    private static final int RUNS_REMEMBERED = 1000;

    private final Path directory;
    private final Map<String, Recording> recordings = new HashMap<>();
    private final Map<String, RunPlan> plans = new Remembered<>();
    private final Set<String> givenUp = Collections.newSetFromMap(new Remembered<>());

    private static final class Recording {
        private final RawLines lines;
        private long lastSecond = Long.MIN_VALUE;
        private @Nullable RawFile file;

        Recording(RawLines lines) {
            this.lines = lines;
        }
    }

    /** Forgets the oldest: run ids come from a stream, and there is no end of them. */
    private static final class Remembered<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > RUNS_REMEMBERED;
        }
    }

    /** Records below {@code directory}, which is created when it is needed. */
    RawRecord(Path directory) {
        this.directory = directory;
    }

    /** The plan of run {@code runId} became known. */
    void planned(String runId, RunPlan plan) {
        plans.put(runId, plan);
        Optional.ofNullable(recordings.get(runId)).ifPresent(recording -> recording.lines.planned(plan));
    }

    /** Takes what one delta of run {@code runId}, committed in {@code second}, adds. */
    void add(String runId, RunAggregate delta, long second) {
        if (givenUp.contains(runId)) {
            return;
        }
        if (!isFileName(runId)) {
            giveUp(runId, "the run id is no file name");
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

    /** Run ids come from a stream: none may leave the directory. */
    private static boolean isFileName(String runId) {
        return runId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    }

    /** Writes the lines of every second before {@code before}. */
    void write(long before) {
        for (Iterator<Map.Entry<String, Recording>> all = recordings.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Recording> entry = all.next();
            Recording recording = entry.getValue();
            boolean written = write(entry.getKey(), recording, recording.lines.linesBefore(before));
            boolean over = recording.lines.isEmpty() && recording.lastSecond < before - IDLE_SECONDS;
            if (!written || over) {
                all.remove();
                close(entry.getKey(), recording);
            }
        }
    }

    private boolean write(String runId, Recording recording, List<String> lines) {
        if (lines.isEmpty()) {
            return true;
        }
        try {
            RawFile file = recording.file;
            if (file == null) {
                file = new RawFile(directory, runId);
                recording.file = file;
            }
            file.write(lines);
            return true;
        } catch (IOException cannotWrite) {
            giveUp(runId, cannotWrite.toString());
            return false;
        }
    }

    private void giveUp(String runId, String cause) {
        givenUp.add(runId);
        LOG.atError()
                .addKeyValue("runId", runId)
                .addKeyValue("directory", directory)
                .addKeyValue("cause", cause)
                .log("raw record given up");
    }

    /** Writes every line there is and closes every file. */
    void close() {
        write(Long.MAX_VALUE);
        recordings.forEach(RawRecord::close);
        recordings.clear();
    }

    private static void close(String runId, Recording recording) {
        RawFile file = recording.file;
        recording.file = null;
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException cannotSync) {
            LOG.atError()
                    .addKeyValue("runId", runId)
                    .addKeyValue("cause", cannotSync.toString())
                    .log("raw record may be incomplete");
        }
    }
}
