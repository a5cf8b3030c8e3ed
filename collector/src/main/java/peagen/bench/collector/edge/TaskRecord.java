package peagen.bench.collector.edge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import peagen.bench.collector.RawRecordConfig;
import peagen.bench.collector.domain.TaskLines;
import peagen.bench.contract.event.TaskEvent;

/** The raw records of all runs, task by task. Lines are written as they come. Blocking; not thread-safe. */
final class TaskRecord {

    private final RawFiles files;
    private final Map<String, List<String>> lines = new LinkedHashMap<>();
    private final Map<String, Long> lastSeconds = new LinkedHashMap<>();

    /** Records where {@code config} says. */
    TaskRecord(RawRecordConfig config) {
        this.files = new RawFiles(config.directory(), "tasks", config.rotateBytes());
    }

    /** Finishes what others have left behind. */
    void resume() {
        files.resume();
    }

    /** Takes what {@code event} says of tasks that ended. */
    void add(TaskEvent event) {
        String runId = event.envelope().runId();
        if (files.takes(runId)) {
            List<String> more = TaskLines.of(event);
            if (!more.isEmpty()) {
                lines.computeIfAbsent(runId, first -> new ArrayList<>()).addAll(more);
            }
        }
    }

    /** Writes every line there is, and finishes the files of runs that had none for a while before {@code second}. */
    void write(long second) {
        lines.forEach((runId, waiting) -> {
            files.write(runId, waiting);
            lastSeconds.put(runId, second);
        });
        lines.clear();
        for (Iterator<Map.Entry<String, Long>> all = lastSeconds.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Long> run = all.next();
            if (run.getValue() < second - RawRecord.IDLE_SECONDS) {
                all.remove();
                files.finish(run.getKey());
            }
        }
    }

    /** Writes every line there is and finishes every file. */
    void close() {
        lines.forEach(files::write);
        lines.clear();
        files.finish();
    }
}
