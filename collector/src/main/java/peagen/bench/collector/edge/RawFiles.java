package peagen.bench.collector.edge;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The files of one record, {@code DIR/<run>/metrics…}, of all runs below one directory. A record that cannot be written is given
 * up with one message, and the others go on. Blocking; not thread-safe.
 */
final class RawFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RawFiles.class);
    private static final int RUNS_REMEMBERED = 1000;

    private final Path directory;
    private final String name;
    private final long rotateBytes;
    private final Map<String, RawFile> open = new HashMap<>();
    private final Set<String> givenUp = Collections.newSetFromMap(new Remembered<>());

    /** Forgets the oldest: run ids come from a stream, and there is no end of them. */
    static final class Remembered<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > RUNS_REMEMBERED;
        }
    }

    /** Files called {@code name} below {@code directory}, which is created when it is needed. */
    RawFiles(Path directory, String name, long rotateBytes) {
        this.directory = directory;
        this.name = name;
        this.rotateBytes = rotateBytes;
    }

    /** Finishes what others have left behind that were killed, or had no space. */
    void resume() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path folder : folders) {
                resume(folder);
            }
        } catch (IOException unreadable) {
            say(Level.WARN, directory, unreadable.toString(), "raw records of before are left as they are");
        }
    }

    private void resume(Path folder) {
        RawParts parts = new RawParts(folder, name);
        try {
            parts.resume();
            // An empty one may have been created this moment, by a process that has not come to lock it.
            if (Files.exists(parts.current()) && Files.size(parts.current()) > 0) {
                Optional<RawFile> left = RawFile.open(parts);
                if (left.isPresent()) {
                    left.get().finish();
                }
            }
        } catch (IOException unfinished) {
            say(Level.WARN, folder, unfinished.toString(), "raw record of before is left as it is");
        }
    }

    /** Whether lines of run {@code runId} are worth making. */
    boolean takes(String runId) {
        if (!givenUp.contains(runId) && !isFileName(runId)) {
            giveUp(runId, "the run id is no file name");
        }
        return !givenUp.contains(runId);
    }

    /** Run ids come from a stream: none may leave the directory. */
    private static boolean isFileName(String runId) {
        return runId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    }

    /** Adds lines to the file of run {@code runId}; answers whether its record goes on. */
    boolean write(String runId, List<String> lines) {
        if (lines.isEmpty() || !takes(runId)) {
            return !givenUp.contains(runId);
        }
        try {
            RawFile file = open.containsKey(runId) ? open.get(runId) : open(runId);
            file.write(lines);
            if (file.size() >= rotateBytes) {
                finish(runId);
            }
            return true;
        } catch (IOException cannotWrite) {
            giveUp(runId, cannotWrite.toString());
            return false;
        }
    }

    private RawFile open(String runId) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(runId));
        RawParts parts = new RawParts(folder, name);
        try {
            parts.resume();
        } catch (IOException unfinished) {
            say(Level.WARN, folder, unfinished.toString(), "raw record of before is left as it is");
        }
        RawFile file = RawFile.open(parts)
                .orElseThrow(() -> new IOException(parts.current() + " is being written by another process"));
        open.put(runId, file);
        return file;
    }

    private void giveUp(String runId, String cause) {
        givenUp.add(runId);
        LOG.atError()
                .addKeyValue("runId", runId)
                .addKeyValue("directory", directory)
                .addKeyValue("record", name)
                .addKeyValue("cause", cause)
                .log("raw record given up");
        Optional<RawFile> file = Optional.ofNullable(open.remove(runId));
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException saidAlready) {
            // the disk is the same
        }
    }

    /** Nothing more is expected of run {@code runId}: its file is compressed and closed. More lines open another. */
    void finish(String runId) {
        Optional<RawFile> file = Optional.ofNullable(open.remove(runId));
        try {
            if (file.isPresent()) {
                file.get().finish();
            }
        } catch (IOException cannotFinish) {
            say(Level.ERROR, directory.resolve(runId), cannotFinish.toString(), "raw record is not compressed");
        }
    }

    /** Finishes every file. */
    void finish() {
        List.copyOf(open.keySet()).forEach(this::finish);
    }

    private void say(Level level, Path folder, String cause, String message) {
        LOG.atLevel(level)
                .addKeyValue("directory", folder)
                .addKeyValue("record", name)
                .addKeyValue("cause", cause)
                .log(message);
    }
}
