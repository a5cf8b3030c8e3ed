package peagen.bench.endtoend.kill;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a worker has done, on disk, line by line: {@code what task execution millis}. A line is one write, which a kill leaves
 * whole or does not let happen; a torn last line is none.
 */
final class Diary implements AutoCloseable {

    /** What is written down. */
    enum Deed {
        /** The work is done, and the result not sent yet. */
        EXECUTED,
        /** Redis has said that it took the result. */
        ANSWERED,
        /** Redis has said that it took the acknowledgement. */
        ACKNOWLEDGED
    }

    /** One line. */
    record Line(Deed deed, String task, String execution, long millis) {}

    private final FileOutputStream file;

    Diary(Path path) throws IOException {
        file = new FileOutputStream(path.toFile(), true);
    }

    void write(Deed deed, String task, String execution) throws IOException {
        String line = "%s %s %s %d%n".formatted(deed, task, execution, System.currentTimeMillis());
        file.write(line.getBytes(StandardCharsets.US_ASCII));
    }

    /** Every line of every diary in {@code folder}. */
    static List<Line> read(Path folder) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path :
                    files.filter(file -> file.toString().endsWith(".diary")).toList()) {
                String text = Files.readString(path, StandardCharsets.US_ASCII);
                for (String line :
                        text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                    String[] words = line.split(" ", -1);
                    lines.add(new Line(Deed.valueOf(words[0]), words[1], words[2], Long.parseLong(words[3])));
                }
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
